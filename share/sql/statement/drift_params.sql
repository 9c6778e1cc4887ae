-- about: parameters of a fitted model
SELECT name, value, se
FROM fit_param
WHERE fit_id = ?1
ORDER BY position;
