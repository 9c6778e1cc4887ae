-- about: the coefficients of a fit
SELECT position, column, process, dropout FROM fit_effect WHERE fit_id = ?1 ORDER BY position;
