-- about: a tier or a segment
INSERT INTO score_group(made, kind, name, place, customers, worth, clv, p_alive, at_risk) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);
