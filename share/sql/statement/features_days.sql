-- about: first purchase day and last day with a row, of every customer
SELECT first_day, open_day FROM raw_customer;
