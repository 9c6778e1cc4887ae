-- about: parameters of the fits of a set
SELECT p.fit_id, p.name, p.value, p.se, p.low, p.high FROM fit_param p JOIN fit_model m ON m.fit_id = p.fit_id
WHERE m.set_id = ?1 ORDER BY p.fit_id, p.position
