-- about: a knot of a calibration's curve
INSERT INTO fit_level_curve(set_id, role, curve, place, at, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
