-- about: a bin of a watched feature
INSERT INTO drift_histogram(made, scope, feature, bin, low, high, ref, cur) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
