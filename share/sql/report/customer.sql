-- about: one customer, every number: show customer ID
-- reads: mart_customer_value
-- param: id text required the customer id, as in the file
SELECT * FROM mart_customer_value WHERE customer_id = :id
