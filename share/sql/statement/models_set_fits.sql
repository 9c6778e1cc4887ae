-- about: the fits that a set scores with
UPDATE fit_set SET purchase_fit = nullif(?2, 0), spend_fit = nullif(?3, 0) WHERE set_id = ?1;
