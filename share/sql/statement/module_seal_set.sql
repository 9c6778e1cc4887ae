-- about: what is sealed of a fitted set: the set itself; not when it was written
SELECT set_id, made, kind, review_id, as_of, period, purchase_fit, spend_fit, customers, features, digest FROM fit_set WHERE set_id = ?1;
