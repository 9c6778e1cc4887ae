-- about: a bin of how customers differ
INSERT INTO fit_density(set_id, law, place, low, high, share, density) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
