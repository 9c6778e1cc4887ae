-- about: the holdout by calibration frequency: what customers with 0, 1 .. repeat purchases then bought, and what was expected of them
-- reads: decision_champion, fit_calibration
-- param: set int optional the set; else the champion's
-- column: frequency text - repeat purchase days up to the cut
-- column: actual real - purchases in the holdout, a customer
-- column: expected real - the conditional expectation, a customer
-- column: revenue real - in the holdout, a customer
-- column: expected_revenue real - a customer
SELECT p.label AS frequency, p.customers, p.actual, p.predicted AS expected, p.predicted / nullif(p.actual, 0) - 1 AS error,
       m.actual AS revenue, m.predicted AS expected_revenue
FROM fit_calibration p
LEFT JOIN fit_calibration m ON m.set_id = p.set_id AND m.target = 'revenue' AND m.grouping = 'frequency' AND m.bin = p.bin
WHERE p.target = 'purchases' AND p.grouping = 'frequency'
  AND p.set_id = coalesce(:set, (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1))
ORDER BY p.bin
