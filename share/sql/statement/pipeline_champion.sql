-- about: the champion in words, for the result of a run
SELECT c.set_id, p.model || coalesce('+' || m.model, '') AS model, c.at AS since, s.digest, c.review_id
FROM decision_champion c
JOIN fit_set s ON s.set_id = c.set_id
LEFT JOIN fit_model p ON p.fit_id = s.purchase_fit
LEFT JOIN fit_model m ON m.fit_id = s.spend_fit
ORDER BY c.seq DESC LIMIT 1;
