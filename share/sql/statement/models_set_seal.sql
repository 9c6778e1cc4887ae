-- about: the digest of a fitted set's rows, once all of them are written
UPDATE fit_set SET rows_digest = ?2 WHERE set_id = ?1;
