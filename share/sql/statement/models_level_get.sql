-- about: the calibration that a set scores with
SELECT kind, horizon, purchases, purchases_se, value, value_se, low, high, scale, why FROM fit_level WHERE set_id = ?1 AND role = 'scores';
