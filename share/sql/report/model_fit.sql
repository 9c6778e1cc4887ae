-- about: fitted models of the champion: status, likelihood, parameters with standard errors
-- reads: decision_champion, fit_set, fit_model, fit_param, fit_effect
-- column: as_of day - last day of the data it saw
-- column: low real - 95 % interval
-- column: high real - 95 % interval
-- column: z real - of a coefficient of a covariate: value / standard error
-- column: p real - of a coefficient: of no effect, two-sided
SELECT m.role, m.model, m.status, m.period, m.as_of, p.name AS parameter, p.value, p.se, p.low, p.high, m.loglik, m.aic, m.bic,
       m.n, m.n_distinct, m.gradient_norm, m.iterations, m.message, e.z, e.p
FROM fit_model m
JOIN fit_param p ON p.fit_id = m.fit_id
LEFT JOIN fit_effect e ON e.fit_id = p.fit_id AND e.position = p.position
WHERE m.set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)
ORDER BY m.fit_id, p.position
