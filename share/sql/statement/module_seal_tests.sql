-- about: what is sealed of a fitted set: its likelihood-ratio tests
SELECT x.fit_id, x.position, x.against, x.larger, x.df, x.loglik, x.statistic, x.p
FROM fit_model m JOIN fit_test x ON x.fit_id = m.fit_id
WHERE m.set_id = ?1 ORDER BY x.fit_id, x.position;
