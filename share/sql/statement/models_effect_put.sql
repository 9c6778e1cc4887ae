-- about: a coefficient of a fit
INSERT INTO fit_effect(fit_id, position, column, process, dropout, z, p) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
