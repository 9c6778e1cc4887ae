-- about: age of the newest purchase
-- table: raw_customer
-- severity: warn
-- threshold: at most {gate.freshness_days} days
-- bind: today, gate.freshness_days
-- sentence: the newest purchase is of {newest}, {age} days ago
-- todo: import newer purchases, or set as_of and read the results as of that day
SELECT coalesce(?1 - max(last_day) > ?2, 0) AS hits, count(*) AS total,
       date(max(last_day) * 86400, 'unixepoch') AS newest, ?1 - max(last_day) AS age,
       CASE WHEN max(last_day) IS NULL THEN 'skip' WHEN ?1 - max(last_day) > ?2 THEN 'warn' ELSE 'pass' END AS verdict
FROM raw_customer;
