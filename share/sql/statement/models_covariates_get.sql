-- about: the attributes of a fit, as encoded
SELECT position, attribute, number, reference, first, columns FROM fit_covariate WHERE fit_id = ?1 ORDER BY position;
