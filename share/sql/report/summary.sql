-- about: the customer base before any model: size, repeat rate, concentration, what the model adds
-- reads: run_live_made, feat_window, dim_customer, score_total, store_unit, raw_file
-- The concentration lines sort customers by net revenue once.
WITH
w AS MATERIALIZED (SELECT * FROM feat_window WHERE made = (SELECT made FROM run_live_made WHERE stage = 'features')),
c AS MATERIALIZED (SELECT revenue_minor AS revenue, frequency, days_since_last, orders, refunds FROM dim_customer),
ranked AS (SELECT revenue, row_number() OVER (ORDER BY revenue DESC) AS place, count(*) OVER () AS n FROM c WHERE revenue IS NOT NULL),
top AS (SELECT sum(revenue) AS everything,
               sum(CASE WHEN place <= (n + 99) / 100 THEN revenue END) AS one,
               sum(CASE WHEN place <= (n + 9) / 10 THEN revenue END) AS ten,
               sum(CASE WHEN place <= (n + 4) / 5 THEN revenue END) AS twenty FROM ranked),
lines(line, name, value, unit) AS (
  SELECT 1, 'first purchase day', (SELECT first_day FROM w), 'day' UNION ALL
  SELECT 2, 'as of (last day seen)', (SELECT as_of FROM w), 'day' UNION ALL
  SELECT 3, 'customers', (SELECT customers FROM w), 'customers' UNION ALL
  SELECT 4, 'set aside: no purchase', (SELECT set_aside FROM w), 'customers' UNION ALL
  SELECT 5, 'set aside from the spend model: refunds outweigh repeat spend', (SELECT spend_aside FROM w), 'customers' UNION ALL
  SELECT 6, 'orders', (SELECT sum(orders) FROM c), 'rows' UNION ALL
  SELECT 7, 'refund rows', (SELECT sum(refunds) FROM c), 'rows' UNION ALL
  SELECT 8, 'repeat customers', (SELECT sum(frequency > 0) FROM c), 'customers' UNION ALL
  SELECT 9, 'repeat rate', (SELECT CAST(sum(frequency > 0) AS REAL) / nullif(count(*), 0) FROM c), 'share' UNION ALL
  SELECT 10, 'repeat purchase days a customer', (SELECT avg(frequency) FROM c), 'days' UNION ALL
  SELECT 11, 'active in the last 30 days', (SELECT sum(days_since_last <= 30) FROM c), 'customers' UNION ALL
  SELECT 12, 'net revenue', (SELECT revenue_minor / (SELECT scale FROM store_unit) FROM w), (SELECT currency FROM store_unit) UNION ALL
  SELECT 13, 'revenue share of the top 1 %', (SELECT CAST(one AS REAL) / nullif(everything, 0) FROM top), 'share' UNION ALL
  SELECT 14, 'revenue share of the top 10 %', (SELECT CAST(ten AS REAL) / nullif(everything, 0) FROM top), 'share' UNION ALL
  SELECT 15, 'revenue share of the top 20 %', (SELECT CAST(twenty AS REAL) / nullif(everything, 0) FROM top), 'share' UNION ALL
  SELECT 20, 'predicted: ' || s.name, s.value, s.unit FROM score_total s
   WHERE s.made = (SELECT made FROM run_live_made WHERE stage = 'score')
)
SELECT name, CASE WHEN unit = 'day' THEN date(value * 86400, 'unixepoch') ELSE round(value, 4) END AS value, unit
FROM lines ORDER BY line, name
