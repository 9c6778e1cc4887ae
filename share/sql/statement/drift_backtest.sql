-- about: back-test metrics of a set's own model, without the naive ones and what it would say uncalibrated
SELECT target, metric, value
FROM fit_metric
WHERE set_id = ?1 AND model NOT IN ('plain', 'champion', 'rate', 'hiatus', 'last_window') AND value IS NOT NULL
ORDER BY target, metric;
