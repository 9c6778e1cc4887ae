-- about: what the import kept, to be held against features: customers up to the as-of day, revenue, is there more after that day
-- bind: as_of
SELECT count(*) FILTER (WHERE first_day <= ?1) AS accepted, coalesce(sum(total_minor), 0) AS accepted_minor,
       coalesce(max(open_day) > ?1, 0) AS partial
FROM raw_customer;
