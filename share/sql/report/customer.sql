-- about: one customer, every number: show customer ID
-- reads: mart_customer_value, run_live_made, feat_customer
-- param: id text required the customer id, as in the file
SELECT * FROM mart_customer_value
-- The number of the customer first: the view is then read by its keys, not row by row.
WHERE customer = (SELECT customer FROM feat_customer
                  WHERE made = (SELECT made FROM run_live_made WHERE stage = 'features') AND customer_id = :id)
