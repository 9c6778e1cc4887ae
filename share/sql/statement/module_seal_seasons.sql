-- about: what is sealed of a fitted set: its seasons
SELECT x.fit_id, x.day_of_year, x.weight
FROM fit_model m JOIN fit_season x ON x.fit_id = m.fit_id
WHERE m.set_id = ?1 ORDER BY x.fit_id, x.day_of_year;
