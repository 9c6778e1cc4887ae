-- about: columns of covariates of the fits of a set, and what stands for the reference
SELECT x.fit_id, x.attribute, x.level, v.reference, x.mean, x.spread, x.origin
FROM fit_model m
JOIN fit_column x ON x.fit_id = m.fit_id
JOIN fit_covariate v ON v.fit_id = x.fit_id AND v.attribute = x.attribute
WHERE m.set_id = ?1
ORDER BY x.fit_id, x.position
