-- about: sets fitted for a review: what the stage candidate writes; rows of fit_set that score only once approved
-- reads: fit_set
CREATE VIEW fit_candidate AS
SELECT set_id, made, review_id, created_at, as_of, period, purchase_fit, spend_fit, customers, features, digest
FROM fit_set
WHERE kind = 'candidate';
