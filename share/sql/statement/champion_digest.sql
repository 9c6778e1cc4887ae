-- about: digests of a fitted set: of what scores, and of all its rows
SELECT digest, rows_digest FROM fit_set WHERE set_id = ?1;
