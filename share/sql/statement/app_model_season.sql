-- about: seasons of the fits of a set: what each day of the year counts for
SELECT x.fit_id, x.day_of_year, x.weight
FROM fit_model m JOIN fit_season x ON x.fit_id = m.fit_id
WHERE m.set_id = ?1
ORDER BY x.fit_id, x.day_of_year
