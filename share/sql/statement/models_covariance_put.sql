-- about: a covariance of two log-parameters of a fit
INSERT INTO fit_covariance(fit_id, i, j, value) VALUES (?1, ?2, ?3, ?4);
