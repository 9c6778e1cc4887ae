-- about: what is sealed of a fitted set: its parameters
SELECT p.fit_id, p.position, p.name, p.value, p.se, p.low, p.high
FROM fit_model m JOIN fit_param p ON p.fit_id = m.fit_id
WHERE m.set_id = ?1 ORDER BY p.fit_id, p.position;
