-- about: a quantile or a mark of how customers differ
INSERT INTO fit_point(set_id, law, place, kind, label, value, below) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
