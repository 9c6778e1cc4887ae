-- about: the curves of the calibration that a set scores with
SELECT curve, at, value FROM fit_level_curve WHERE set_id = ?1 AND role = 'scores' ORDER BY curve, place;
