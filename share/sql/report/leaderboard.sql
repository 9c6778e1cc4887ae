-- about: models and naive rules on the same back-test, a row a metric; plain is the set before its calibration, champion the one before it
-- reads: decision_champion, fit_metric
SELECT m.target, m.metric, m.model, m.value
FROM fit_metric m
WHERE m.set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)
ORDER BY m.target, m.metric, m.model
