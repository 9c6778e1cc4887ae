-- about: freeze one feature of a baseline; never overwrites
INSERT INTO drift_baseline (set_id, feature, as_of, window_days, population, n, digest, sorted_values)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
