-- about: one fitted set
-- column: as_of day - last day seen
SELECT set_id AS id, kind, review_id, created_at, as_of, period, customers, features, digest FROM fit_set WHERE set_id = ?1
