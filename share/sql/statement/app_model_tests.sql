-- about: likelihood-ratio tests of the fits of a set
SELECT t.fit_id, t.against, t.larger, t.df, t.loglik, t.statistic, t.p
FROM fit_model m JOIN fit_test t ON t.fit_id = m.fit_id
WHERE m.set_id = ?1
ORDER BY t.fit_id, t.position
