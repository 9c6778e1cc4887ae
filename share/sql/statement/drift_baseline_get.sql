-- about: the frozen baseline of a fitted set, by key
SELECT feature, as_of, window_days, n, digest, sorted_values
FROM drift_baseline
WHERE set_id = ?1
ORDER BY feature;
