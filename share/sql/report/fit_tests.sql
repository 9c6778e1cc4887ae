-- about: likelihood-ratio tests of the champion's models: without covariates, with separate coefficients
-- reads: decision_champion, fit_set, fit_model, fit_test
-- column: against text - the other model
-- column: larger count - 1: the other model is the larger one
-- column: df count - parameters between the two
-- column: loglik real - of this model
-- column: other_loglik real - of the other model
-- column: statistic real - twice the difference
-- column: p real - of the smaller model being enough
SELECT m.role, m.model, t.against, t.larger, t.df, m.loglik, t.loglik AS other_loglik, t.statistic, t.p
FROM fit_model m
JOIN fit_test t ON t.fit_id = m.fit_id
WHERE m.set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)
ORDER BY m.fit_id, t.position
