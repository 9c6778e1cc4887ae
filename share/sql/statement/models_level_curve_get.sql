-- about: the curves of a calibration of a set
SELECT curve, at, value FROM fit_level_curve WHERE set_id = ?1 AND role = ?2 ORDER BY curve, place;
