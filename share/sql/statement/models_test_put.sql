-- about: a likelihood-ratio test of a fit
INSERT INTO fit_test(fit_id, position, against, larger, df, loglik, statistic, p) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
