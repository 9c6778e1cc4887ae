-- about: cumulative repeat purchases by week, actual and expected, before and after the back-test's cut
-- reads: decision_champion, fit_curve
-- param: set int optional the set; else the champion's
-- column: week count - since the first customer came
-- column: day day - last day of the week
-- column: held flag - 1: after the cut, not seen by the fit
-- column: actual count - repeat purchase days of the customers who came by the cut, so far
-- column: expected real - the same, of newcomers by the parameters of the back-test
SELECT c.place AS week, c.day, c.held, c.actual, c.expected, c.expected / nullif(c.actual, 0) - 1 AS error
FROM fit_curve c
WHERE c.curve = 'tracking' AND c.set_id = coalesce(:set, (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1))
ORDER BY c.place
