-- about: what is sealed of a fitted set: its coefficients
SELECT x.fit_id, x.position, x.column, x.process, x.dropout, x.z, x.p
FROM fit_model m JOIN fit_effect x ON x.fit_id = m.fit_id
WHERE m.set_id = ?1 ORDER BY x.fit_id, x.position;
