-- about: what the columns of the rows taken in hold: counts, different values, range, quantiles, most frequent, months
-- reads: raw_transaction, raw_customer, store_unit
-- column: name text - customer, day, amount
-- column: shape text - empty, constant, key (no value twice), date, number, text
-- column: rows count - with a value
-- column: missing count - without
-- column: distinct count - different values, exact
-- column: p05 text - a twentieth of the rows is at most that; p25, median, p75, p95 alike
-- column: top personal - the most frequent value
-- column: top_rows count - rows with it
-- column: by_month text - rows with a value in each of the last 36 months
WITH RECURSIVE
d AS MATERIALIZED (SELECT came AS v, count(*) AS n, count(amount_minor) AS m FROM raw_transaction GROUP BY came),
held AS MATERIALIZED (
  SELECT 2 AS place, v, n FROM d UNION ALL
  SELECT 3, amount_minor, count(*) FROM raw_transaction WHERE amount_minor IS NOT NULL GROUP BY amount_minor),
cum AS (SELECT place, v, n, sum(n) OVER (PARTITION BY place ORDER BY v) AS upto FROM held),
totals AS MATERIALIZED (SELECT place, sum(n) AS total, count(*) AS different, max(n) AS most FROM held GROUP BY place),
ranges AS MATERIALIZED (
  SELECT place, total, different, most, min(v) AS low, max(v) AS high,
         min(CASE WHEN upto >= 0.05 * total THEN v END) AS p05, min(CASE WHEN upto >= 0.25 * total THEN v END) AS p25,
         min(CASE WHEN upto >= 0.5 * total THEN v END) AS p50, min(CASE WHEN upto >= 0.75 * total THEN v END) AS p75,
         min(CASE WHEN upto >= 0.95 * total THEN v END) AS p95, min(CASE WHEN n = most THEN v END) AS top
  FROM cum JOIN totals USING (place) GROUP BY place),
buyers AS (SELECT sum(sales + refunds) AS total, count(*) AS different, max(sales + refunds) AS most FROM raw_customer WHERE sales + refunds > 0),
q AS MATERIALIZED (
  SELECT 1 AS place, total, different, most, NULL AS low, NULL AS high, NULL AS p05, NULL AS p25, NULL AS p50, NULL AS p75, NULL AS p95,
         (SELECT min(customer) FROM raw_customer WHERE sales + refunds = most) AS top
  FROM buyers WHERE different > 0 UNION ALL
  SELECT place, total, different, most, low, high, p05, p25, p50, p75, p95, top FROM ranges),
-- A month a row, those without rows too.
spine(back) AS (SELECT 0 UNION ALL SELECT back + 1 FROM spine WHERE back < 35),
months AS MATERIALIZED (
  SELECT s.back, coalesce(sum(d.n), 0) AS n, coalesce(sum(d.m), 0) AS m
  FROM spine s LEFT JOIN d ON strftime('%Y-%m', d.v * 86400, 'unixepoch')
         = strftime('%Y-%m', (SELECT max(v) FROM d) * 86400, 'unixepoch', 'start of month', '-' || s.back || ' months')
  WHERE strftime('%Y-%m', (SELECT max(v) FROM d) * 86400, 'unixepoch', 'start of month', '-' || s.back || ' months')
     >= strftime('%Y-%m', (SELECT min(v) FROM d) * 86400, 'unixepoch')
  GROUP BY s.back),
steps AS (
  SELECT p.place, back, substr('▁▂▃▄▅▆▇█', 1 + CAST(7.0 * CASE p.place WHEN 3 THEN m ELSE n END
           / nullif((SELECT max(CASE p.place WHEN 3 THEN m ELSE n END) FROM months), 0) + 0.5 AS INTEGER), 1) AS step
  FROM (SELECT 1 AS place UNION ALL SELECT 2 UNION ALL SELECT 3) p CROSS JOIN months),
lines AS (SELECT place, back, group_concat(step, '') OVER (PARTITION BY place ORDER BY back DESC) AS line FROM steps),
-- Each number as it is read: days as dates, money in whole units.
said AS (
  SELECT q.place, w.which, CASE q.place WHEN 2 THEN date(w.v * 86400, 'unixepoch')
           WHEN 3 THEN printf('%.*f', u.decimals, w.v / u.scale) END AS text
  FROM q CROSS JOIN store_unit u JOIN (
    SELECT place, 'low' AS which, low AS v FROM q UNION ALL SELECT place, 'p05', p05 FROM q UNION ALL SELECT place, 'p25', p25 FROM q UNION ALL
    SELECT place, 'p50', p50 FROM q UNION ALL SELECT place, 'p75', p75 FROM q UNION ALL SELECT place, 'p95', p95 FROM q UNION ALL
    SELECT place, 'high', high FROM q UNION ALL SELECT place, 'top', top FROM q) w ON w.place = q.place),
names(place, name) AS (VALUES (1, 'customer'), (2, 'day'), (3, 'amount'))
SELECT n.name,
       CASE WHEN q.total IS NULL THEN 'empty' WHEN q.different = 1 AND q.total > 1 THEN 'constant' WHEN n.place = 2 THEN 'date' WHEN n.place = 3 THEN 'number'
            WHEN q.most = 1 THEN 'key' ELSE 'text' END AS shape,
       coalesce(q.total, 0) AS rows, coalesce((SELECT sum(n) FROM d), 0) - coalesce(q.total, 0) AS missing, coalesce(q.different, 0) AS "distinct",
       (SELECT text FROM said WHERE place = n.place AND which = 'low') AS min,
       (SELECT text FROM said WHERE place = n.place AND which = 'p05') AS p05,
       (SELECT text FROM said WHERE place = n.place AND which = 'p25') AS p25,
       (SELECT text FROM said WHERE place = n.place AND which = 'p50') AS median,
       (SELECT text FROM said WHERE place = n.place AND which = 'p75') AS p75,
       (SELECT text FROM said WHERE place = n.place AND which = 'p95') AS p95,
       (SELECT text FROM said WHERE place = n.place AND which = 'high') AS max,
       CASE n.place WHEN 1 THEN (SELECT customer_id FROM raw_customer WHERE customer = q.top)
            ELSE (SELECT text FROM said WHERE place = n.place AND which = 'top') END AS top,
       q.most AS top_rows, s.line AS by_month
FROM names n LEFT JOIN q ON q.place = n.place LEFT JOIN lines s ON s.place = n.place AND s.back = 0
ORDER BY n.place
