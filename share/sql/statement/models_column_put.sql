-- about: a column of covariates of a fit
INSERT INTO fit_column(fit_id, position, attribute, level, mean, spread, origin) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
