-- about: the columns of covariates of a fit
SELECT position, attribute, level, mean, spread, origin FROM fit_column WHERE fit_id = ?1 ORDER BY position;
