-- about: the customer base before any model, what the model adds, and new and returning customers by month
-- reads: run_live_made, feat_window, dim_customer, score_total, store_unit, raw_transaction, raw_customer, decision_champion, fit_metric
-- column: value text - dates as YYYY-MM-DD, shares as fractions
-- column: low text - 80 % interval
-- column: high text - 80 % interval
WITH
w AS MATERIALIZED (SELECT * FROM feat_window WHERE made = (SELECT made FROM run_live_made WHERE stage = 'features')),
c AS MATERIALIZED (SELECT revenue_minor AS revenue, frequency, days_since_last, orders, refunds FROM dim_customer),
ranked AS (SELECT revenue, row_number() OVER (ORDER BY revenue DESC) AS place, count(*) OVER () AS n FROM c WHERE revenue IS NOT NULL),
top AS MATERIALIZED (SELECT sum(revenue) AS everything,
               sum(CASE WHEN place <= (n + 99) / 100 THEN revenue END) AS one,
               sum(CASE WHEN place <= (n + 9) / 10 THEN revenue END) AS ten,
               sum(CASE WHEN place <= (n + 4) / 5 THEN revenue END) AS twenty FROM ranked),
bought AS (
  SELECT strftime('%Y-%m', x.day * 86400, 'unixepoch') AS month, x.customer AS customer
  FROM raw_transaction x
  WHERE x.came <= (SELECT as_of FROM w) AND coalesce(x.amount_minor, 0) >= 0
  GROUP BY 1, 2),
months AS MATERIALIZED (
  SELECT b.month AS month, sum(strftime('%Y-%m', k.first_day * 86400, 'unixepoch') = b.month) AS fresh,
         sum(strftime('%Y-%m', k.first_day * 86400, 'unixepoch') < b.month) AS again
  FROM bought b JOIN raw_customer k ON k.customer = b.customer
  WHERE coalesce(k.first_day >= (SELECT cohort_from FROM w), 1) GROUP BY b.month),
lines(line, name, value, low, high, unit) AS (
  SELECT 1, 'first purchase day', (SELECT first_day FROM w), NULL, NULL, 'day' UNION ALL
  SELECT 2, 'as of (last day seen)', (SELECT as_of FROM w), NULL, NULL, 'day' UNION ALL
  SELECT 3, 'customers', (SELECT customers FROM w), NULL, NULL, 'customers' UNION ALL
  SELECT 4, 'set aside: no purchase', (SELECT set_aside FROM w), NULL, NULL, 'customers' UNION ALL
  SELECT 4, 'set aside: first purchase before ' || date(cohort_from * 86400, 'unixepoch'), cohort_aside, NULL, NULL, 'customers'
  FROM w WHERE cohort_from IS NOT NULL UNION ALL
  SELECT 5, 'set aside from the spend model: refunds outweigh repeat spend', (SELECT spend_aside FROM w), NULL, NULL, 'customers' UNION ALL
  SELECT 6, 'orders', (SELECT sum(orders) FROM c), NULL, NULL, 'rows' UNION ALL
  SELECT 7, 'refund rows', (SELECT sum(refunds) FROM c), NULL, NULL, 'rows' UNION ALL
  SELECT 8, 'repeat customers', (SELECT sum(frequency > 0) FROM c), NULL, NULL, 'customers' UNION ALL
  SELECT 9, 'repeat rate', (SELECT CAST(sum(frequency > 0) AS REAL) / nullif(count(*), 0) FROM c), NULL, NULL, 'share' UNION ALL
  SELECT 10, 'repeat purchase days a customer', (SELECT avg(frequency) FROM c), NULL, NULL, 'days' UNION ALL
  SELECT 11, 'active in the last 30 days', (SELECT sum(days_since_last <= 30) FROM c), NULL, NULL, 'customers' UNION ALL
  SELECT 12, 'net revenue', (SELECT revenue_minor / (SELECT scale FROM store_unit) FROM w), NULL, NULL,
         coalesce(nullif((SELECT currency FROM store_unit), ''), 'money') UNION ALL
  SELECT 13, 'revenue share of the top 1 %', (SELECT CAST(one AS REAL) / nullif(everything, 0) FROM top), NULL, NULL, 'share' UNION ALL
  SELECT 14, 'revenue share of the top 10 %', (SELECT CAST(ten AS REAL) / nullif(everything, 0) FROM top), NULL, NULL, 'share' UNION ALL
  SELECT 15, 'revenue share of the top 20 %', (SELECT CAST(twenty AS REAL) / nullif(everything, 0) FROM top), NULL, NULL, 'share' UNION ALL
  SELECT 20, 'predicted: ' || s.name, s.value, s.low, s.high, s.unit FROM score_total s
   WHERE s.made = (SELECT made FROM run_live_made WHERE stage = 'score') AND s.name NOT IN ('model_set', 'customers') UNION ALL
  SELECT 21, 'back-test: ' || m.target || ' ' || m.metric, m.value, NULL, NULL, 'share' FROM fit_metric m
   WHERE m.set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1) AND m.metric IN ('coverage_80', 'aggregate_error')
     AND m.model NOT IN ('plain', 'champion', 'rate', 'hiatus', 'last_window') UNION ALL
  SELECT 30, month || ' new', fresh, NULL, NULL, 'customers' FROM months UNION ALL
  SELECT 31, month || ' returning', again, NULL, NULL, 'customers' FROM months
)
SELECT name,
       CASE WHEN value IS NULL THEN NULL WHEN unit = 'day' THEN date(value * 86400, 'unixepoch')
            WHEN typeof(value) = 'integer' THEN CAST(value AS TEXT) ELSE printf('%.4f', value) END AS value,
       CASE WHEN low IS NOT NULL THEN printf('%.4f', low) END AS low,
       CASE WHEN high IS NOT NULL THEN printf('%.4f', high) END AS high, unit
FROM lines ORDER BY min(line, 30), name
