-- about: the parameters of a fit, in order
SELECT position, value, se, low, high FROM fit_param WHERE fit_id = ?1 ORDER BY position;
