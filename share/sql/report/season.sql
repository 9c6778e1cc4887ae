-- about: the season that the champion's purchases run by, day of the year by day
-- reads: decision_champion, fit_set, fit_model, fit_season
-- column: day_of_year count - 1 is 1 January, 60 is 29 February
-- column: weight real - how much more than on the mean day is bought
SELECT x.day_of_year, x.weight
FROM fit_model m
JOIN fit_season x ON x.fit_id = m.fit_id
WHERE m.role = 'purchase' AND m.set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)
ORDER BY x.day_of_year
