-- about: every customer with the state that the import keeps; scanned, so by customer
SELECT customer, customer_id, first_day, last_day, open_day, days, sales, refunds, first_minor, before_minor, total_minor
FROM raw_customer;
