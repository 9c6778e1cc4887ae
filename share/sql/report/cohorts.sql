-- about: retention by month of first purchase: who bought again, months later; months not complete are missing
-- reads: run_live_made, feat_window, raw_transaction, raw_customer, store_unit
-- column: cohort text - month of first purchase
-- column: month count months calendar months since then
-- column: active count - customers of the cohort who bought in that month
-- column: retention share - active / size
WITH
w AS (SELECT as_of, cohort_from FROM feat_window WHERE made = (SELECT made FROM run_live_made WHERE stage = 'features')),
c AS MATERIALIZED (
  SELECT customer, strftime('%Y-%m', first_day * 86400, 'unixepoch') AS cohort,
         CAST(strftime('%Y', first_day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', first_day * 86400, 'unixepoch') AS INTEGER) AS start
  FROM raw_customer WHERE first_day <= (SELECT as_of FROM w) AND coalesce(first_day >= (SELECT cohort_from FROM w), 1)),
size AS MATERIALIZED (SELECT cohort, count(*) AS customers FROM c GROUP BY cohort),
t AS MATERIALIZED (
  SELECT x.customer AS customer,
         CAST(strftime('%Y', x.day * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', x.day * 86400, 'unixepoch') AS INTEGER) AS at,
         max(coalesce(x.amount_minor, 0) >= 0) AS bought, sum(x.amount_minor) AS revenue
  FROM raw_transaction x WHERE x.came <= (SELECT as_of FROM w) GROUP BY 1, 2),
last AS (
  SELECT CAST(strftime('%Y', (as_of + 1) * 86400, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', (as_of + 1) * 86400, 'unixepoch') AS INTEGER) - 1 AS at FROM w)
SELECT c.cohort, s.customers AS size, t.at - c.start AS month, sum(t.bought) AS active,
       CAST(sum(t.bought) AS REAL) / s.customers AS retention, sum(t.revenue) / (SELECT scale FROM store_unit) AS revenue
FROM t JOIN c ON c.customer = t.customer JOIN size s ON s.cohort = c.cohort
WHERE t.at <= (SELECT at FROM last) AND t.at >= c.start
GROUP BY c.cohort, t.at - c.start
ORDER BY c.cohort, month
