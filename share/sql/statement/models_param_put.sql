-- about: a parameter of a fit
INSERT INTO fit_param(fit_id, position, name, value, se, low, high) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
