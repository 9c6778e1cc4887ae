-- about: what is sealed of a fitted set: covariances
SELECT c.fit_id, c.i, c.j, c.value
FROM fit_model m JOIN fit_covariance c ON c.fit_id = m.fit_id
WHERE m.set_id = ?1 ORDER BY c.fit_id, c.i, c.j;
