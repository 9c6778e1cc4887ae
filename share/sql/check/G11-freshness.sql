-- about: age of the newest purchase
-- table: raw_customer
-- severity: warn
-- threshold: at most {gate.freshness_days} days
-- bind: today, gate.freshness_days, rows, newest
-- sentence: the newest purchase is of {day}, {age} days ago
-- todo: import newer purchases, or set as_of and read the results as of that day
SELECT coalesce(?1 - ?4 > ?2, 0) AS hits, ?3 AS total, date(?4 * 86400, 'unixepoch') AS day, ?1 - ?4 AS age,
       CASE WHEN ?4 IS NULL THEN 'skip' WHEN ?1 - ?4 > ?2 THEN 'warn' ELSE 'pass' END AS verdict;
