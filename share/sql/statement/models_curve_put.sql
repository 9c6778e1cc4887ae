-- about: a point of a curve: actual and expected
INSERT INTO fit_curve(set_id, curve, place, day, held, actual, expected) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
