-- about: customers by their purchases in the holdout, actual and expected
-- reads: decision_champion, fit_curve
-- param: set int optional the set; else the champion's
-- column: orders count - purchase days after the back-test's cut; the last row: that many or more
-- column: actual count - customers
-- column: expected real - customers, by the law of each given its history at the cut
SELECT c.place AS orders, c.actual, c.expected, c.expected / nullif(c.actual, 0) - 1 AS error,
       (c.actual - c.expected) * (c.actual - c.expected) / nullif(c.expected, 0) AS chi_square
FROM fit_curve c
WHERE c.curve = 'holdout' AND c.set_id = coalesce(:set, (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1))
ORDER BY c.place
