-- about: the state of decision_champion, for recipes
SELECT c.seq || ':' || coalesce(s.digest, '') FROM decision_champion c LEFT JOIN fit_set s ON s.set_id = c.set_id
ORDER BY c.seq DESC LIMIT 1;
