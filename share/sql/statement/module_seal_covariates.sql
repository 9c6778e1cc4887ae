-- about: what is sealed of a fitted set: its covariates
SELECT x.fit_id, x.position, x.attribute, x.number, x.reference, x.first, x.columns
FROM fit_model m JOIN fit_covariate x ON x.fit_id = m.fit_id
WHERE m.set_id = ?1 ORDER BY x.fit_id, x.position;
