-- about: new and returning customers by month, with revenue
-- reads: run_live_made, feat_window, raw_transaction, raw_customer, store_unit
-- param: from text optional first month, YYYY-MM
WITH
w AS (SELECT as_of, cohort_from FROM feat_window WHERE made = (SELECT made FROM run_live_made WHERE stage = 'features')),
t AS MATERIALIZED (
  SELECT strftime('%Y-%m', x.day * 86400, 'unixepoch') AS month, x.customer AS customer,
         max(coalesce(x.amount_minor, 0) >= 0) AS bought, sum(x.amount_minor) AS revenue
  FROM raw_transaction x WHERE x.came <= (SELECT as_of FROM w) GROUP BY 1, 2)
SELECT t.month,
       sum(t.bought) AS customers,
       sum(t.bought AND strftime('%Y-%m', c.first_day * 86400, 'unixepoch') = t.month) AS new,
       sum(t.bought AND strftime('%Y-%m', c.first_day * 86400, 'unixepoch') < t.month) AS "returning",
       sum(t.revenue) / (SELECT scale FROM store_unit) AS revenue
FROM t JOIN raw_customer c ON c.customer = t.customer
WHERE (:from IS NULL OR t.month >= :from) AND coalesce(c.first_day >= (SELECT cohort_from FROM w), 1)
GROUP BY t.month ORDER BY t.month
