-- about: what is sealed of a fitted set: its curves
SELECT curve, place, day, held, actual, expected FROM fit_curve WHERE set_id = ?1 ORDER BY curve, place;
