-- about: what is sealed of a fitted set: its back-test's metrics
SELECT model, target, metric, value FROM fit_metric WHERE set_id = ?1 ORDER BY model, target, metric;
