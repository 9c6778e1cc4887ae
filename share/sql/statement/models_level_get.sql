-- about: a calibration of a set: what it scores with, or its back-test's
SELECT kind, horizon, purchases, purchases_se, value, value_se, low, high, scale, why FROM fit_level WHERE set_id = ?1 AND role = ?2;
