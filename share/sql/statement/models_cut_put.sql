-- about: a cut point
INSERT INTO fit_cut(set_id, cluster, upper, k) VALUES (?1, ?2, ?3, ?4);
