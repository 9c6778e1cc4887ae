-- about: back-test metrics of a champion and of a candidate
SELECT k.model, k.target, k.metric, c.value, k.value
FROM fit_metric k
LEFT JOIN fit_metric c ON c.set_id = ?1 AND c.model = k.model AND c.target = k.target AND c.metric = k.metric
WHERE k.set_id = ?2
ORDER BY k.model, k.target, k.metric;
