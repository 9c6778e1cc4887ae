-- about: what is sealed of a fitted set: the curves of its calibrations
SELECT role, curve, place, at, value FROM fit_level_curve WHERE set_id = ?1 ORDER BY role, curve, place;
