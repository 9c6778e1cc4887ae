-- about: one look at all customers for the checks of the raw tables; customers with a day after today or before 1970 are odd
-- bind: today
SELECT count(*) FILTER (WHERE sales + refunds > 0) AS rows, max(last_day) AS newest, min(first_day) AS oldest, coalesce(sum(sales + refunds), 0) AS counted,
       count(*) FILTER (WHERE open_day > ?1 OR first_day < 0) AS odd
FROM raw_customer;
