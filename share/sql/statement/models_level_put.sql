-- about: the calibration of a set, or of the fit of its back-test
INSERT INTO fit_level(set_id, role, kind, horizon, purchases, purchases_se, value, value_se, low, high, scale, why)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12);
