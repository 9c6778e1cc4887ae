-- about: sets fitted for a review: what the stage candidate writes; rows of fit_set that score only once approved
-- reads: fit_set
-- column: set_id count - number of the set
-- column: made count - execution that fitted it
-- column: review_id count - review that asked for it
-- column: created_at text - moment, UTC
-- column: as_of day - last day it saw
-- column: period text - day, week, month: unit of the parameters
-- column: purchase_fit count - fit_model.fit_id
-- column: spend_fit count - fit_model.fit_id; missing: no money, or too few customers
-- column: customers count - customers it was fitted on
-- column: features text - fingerprint of the features it saw
-- column: digest text - of models, parameters and period
CREATE VIEW fit_candidate AS
SELECT set_id, made, review_id, created_at, as_of, period, purchase_fit, spend_fit, customers, features, digest
FROM fit_set
WHERE kind = 'candidate';
