-- about: one customer, every number: show customer ID
-- reads: mart_customer_value, run_live_made, feat_customer
-- param: id text required the customer id, as in the file
-- The number of the customer first, so that the view is read by its keys.
SELECT * FROM mart_customer_value
WHERE customer = (SELECT customer FROM feat_customer
                  WHERE made = (SELECT made FROM run_live_made WHERE stage = 'features') AND customer_id = :id)
