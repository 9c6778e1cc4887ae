-- about: an attribute as a fit encoded it
INSERT INTO fit_covariate(fit_id, position, attribute, number, reference, first, columns) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
