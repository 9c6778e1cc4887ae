-- about: every customer's id and running state; in order of number, which is the table's own
SELECT customer, customer_id, first_day, last_day, open_day, days, sales, refunds, open_minor, first_minor, before_minor, total_minor, open_sale
FROM raw_customer
