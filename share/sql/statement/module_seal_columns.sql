-- about: what is sealed of a fitted set: its column of covariates
SELECT x.fit_id, x.position, x.attribute, x.level, x.mean, x.spread, x.origin
FROM fit_model m JOIN fit_column x ON x.fit_id = m.fit_id
WHERE m.set_id = ?1 ORDER BY x.fit_id, x.position;
