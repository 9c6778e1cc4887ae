-- about: id of a customer by number
SELECT customer_id FROM raw_customer WHERE customer = ?1
