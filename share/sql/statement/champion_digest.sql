-- about: digest of a fitted set
SELECT digest FROM fit_set WHERE set_id = ?1;
