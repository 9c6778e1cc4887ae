-- about: the champion's inner back-tests: what it said at earlier days, what came, and the correction made of it
-- reads: decision_champion, fit_origin, fit_level
-- column: role text - scores: of the champion; backtest: of the fit that its back-test judges
-- column: cut day - last day that the fit saw
-- column: actual real - purchases that came in the days after it
-- column: error real - total said over total come, less 1
-- column: factor real - of expected purchases, in the calibration; empty: none
SELECT o.role, o.cut, o.hold_days, o.customers, o.status, o.used, o.actual, o.predicted, o.predicted / nullif(o.actual, 0) - 1 AS error,
       o.buying / o.customers AS buying, o.buying_predicted / o.customers AS buying_predicted, l.kind, l.purchases AS factor
FROM fit_origin o
LEFT JOIN fit_level l ON l.set_id = o.set_id AND l.role = o.role
WHERE o.set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)
ORDER BY o.role, o.cut
