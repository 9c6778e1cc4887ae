-- about: verdicts on the champion's fit: boundary, chi-squares, tracking error, regularity, correlation
-- reads: decision_champion, fit_check
-- param: set int optional the set; else the champion's
-- column: check text - boundary, orders, holdout_orders, tracking_in, tracking_out, regularity (by likelihood), regularity_moments, correlation
-- column: value real - chi-square; mean error of the cumulative curve, a share; k, 1 is chance; Pearson's correlation
-- column: low real - 95 % interval
-- column: high real - 95 % interval
-- column: df count - degrees of freedom of a chi-square
-- column: p real - the chance of a value as large without a cause
-- column: n count - customers behind it; of tracking, weeks
-- column: verdict text - pass or warn
SELECT c.name AS "check", c.value, c.low, c.high, c.df, c.p, c.n, c.verdict, c.words
FROM fit_check c
WHERE c.set_id = coalesce(:set, (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1))
ORDER BY c.place
