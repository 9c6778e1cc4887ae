-- about: holdout metrics of a set
SELECT model, target, metric, value FROM fit_metric WHERE set_id = ?1 ORDER BY target, metric, model
