-- about: repeat purchases of each week, actual and expected, before and after the back-test's cut
-- reads: decision_champion, fit_curve
-- param: set int optional the set; else the champion's
-- column: week count - since the first customer came
-- column: day day - last day of the week
-- column: held flag - 1: after the cut, not seen by the fit
-- column: actual count - repeat purchase days in the week of the customers who came by the cut
-- column: expected real - the same, of newcomers by the parameters of the back-test
WITH w AS (
  SELECT c.place, c.day, c.held,
         c.actual - coalesce(lag(c.actual) OVER (ORDER BY c.place), 0) AS actual,
         c.expected - coalesce(lag(c.expected) OVER (ORDER BY c.place), 0) AS expected
  FROM fit_curve c
  WHERE c.curve = 'tracking' AND c.set_id = coalesce(:set, (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)))
SELECT place AS week, day, held, actual, expected, expected / nullif(actual, 0) - 1 AS error
FROM w ORDER BY place
