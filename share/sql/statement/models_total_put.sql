-- about: a total of one scoring
INSERT INTO score_total(made, name, value, low, high, unit) VALUES (?1, ?2, ?3, ?4, ?5, ?6);
