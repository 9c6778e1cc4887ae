-- about: sets that scored, the newest first: since when, which model, how it did in its back-test, who said so
-- reads: decision_champion, fit_set, fit_model, fit_metric
-- column: since text - moment, UTC
-- column: model text - of purchases
-- column: error real - mean absolute error of purchases a customer in its own back-test
-- column: by_name text - who approved it; clv: the first one, unreviewed
SELECT c.seq, c.set_id, c.run_id, c.at AS since, m.model,
       (SELECT x.value FROM fit_metric x WHERE x.set_id = c.set_id AND x.target = 'purchases' AND x.metric = 'mae'
         AND (x.model = m.model OR x.model LIKE m.model || '+%') LIMIT 1) AS error,
       c.by_name, c.reason
FROM decision_champion c
JOIN fit_set s ON s.set_id = c.set_id
JOIN fit_model m ON m.fit_id = s.purchase_fit
ORDER BY c.seq DESC
