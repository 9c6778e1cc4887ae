-- about: what is sealed of a fitted set: its calibrations
SELECT role, kind, horizon, purchases, purchases_se, value, value_se, low, high, scale, why FROM fit_level WHERE set_id = ?1 ORDER BY role;
