-- about: the covariance of the log-parameters of a fit
SELECT i, j, value FROM fit_covariance WHERE fit_id = ?1;
