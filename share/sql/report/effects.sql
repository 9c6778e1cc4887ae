-- about: coefficients of the champion's covariates, with errors and what each does to the rate it acts on
-- reads: decision_champion, fit_set, fit_model, fit_param, fit_effect, fit_column
-- column: acts_on text - process: how often customers buy; dropout: how they leave; both: one coefficient for both
-- column: level text - of a category, against its reference; empty: a number
-- column: times real - e to the coefficient: what alpha and beta are divided by (lifetimes), a and b multiplied with (chances to leave)
-- column: low real - 95 % interval of the coefficient
-- column: high real - 95 % interval of the coefficient
-- column: z real - value / standard error
-- column: p real - of no effect, two-sided
SELECT CASE WHEN e.process AND e.dropout THEN 'both' WHEN e.process THEN 'process' ELSE 'dropout' END AS acts_on, c.attribute, c.level,
       exp(p.value) AS times, p.value, p.se, p.low, p.high, e.z, e.p
FROM fit_model m
JOIN fit_effect e ON e.fit_id = m.fit_id
JOIN fit_column c ON c.fit_id = e.fit_id AND c.position = e.column
JOIN fit_param p ON p.fit_id = e.fit_id AND p.position = e.position
WHERE m.role = 'purchase' AND m.set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)
ORDER BY e.position
