-- about: a fitted set, before its fits
INSERT INTO fit_set(made, kind, review_id, created_at, as_of, period, purchase_fit, spend_fit, customers, features, digest)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, NULL, ?7, ?8, ?9);
