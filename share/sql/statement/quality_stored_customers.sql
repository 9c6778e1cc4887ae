-- about: ids of the customers who have rows
SELECT customer_id FROM raw_customer WHERE sales + refunds > 0 ORDER BY customer;
