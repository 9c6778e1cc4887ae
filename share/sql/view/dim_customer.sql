-- about: features of the live run with everything that follows from them
-- reads: run_live_made, feat_customer, feat_window
-- column: customer count - number of the customer in raw_customer
-- column: customer_id text - as in the file
-- column: frequency count - repeat purchase days
-- column: recency days days last less first purchase day
-- column: T days days from the first purchase day to the as-of day
-- column: monetary_value money - mean net spend of repeat purchase days
-- column: first_purchase day - first purchase day
-- column: last_purchase day - last purchase day
-- column: days_since_last days days from the last purchase day to the as-of day
-- column: tenure_days days days the same as T
-- column: mean_gap_days days days between purchase days; missing without repeats
-- column: revenue_minor money - net of all rows, minor units
-- column: orders count - sale rows
-- column: refunds count - refund rows
-- column: is_repeat flag - 1: bought on more than one day
-- column: active_30d flag - 1: bought in the last 30 days
-- column: customer_stage text - new to 90 days of tenure, developing to 180, established to 365, loyal
-- column: status_segment text - active to 30 days of silence, cooling to 90, at risk to 180, lapsed
-- column: set_aside text - why the spend model cannot take the customer; missing: it can
CREATE VIEW dim_customer AS
SELECT f.customer, f.customer_id, f.frequency, f.recency, f.T, f.monetary_value, f.first_purchase, f.last_purchase,
       f.T - f.recency AS days_since_last,
       f.T AS tenure_days,
       CASE WHEN f.frequency > 0 THEN CAST(f.recency AS REAL) / f.frequency END AS mean_gap_days,
       f.revenue_minor, f.orders, f.refunds,
       f.frequency > 0 AS is_repeat,
       f.T - f.recency <= 30 AS active_30d,
       CASE WHEN f.T <= 90 THEN 'new' WHEN f.T <= 180 THEN 'developing' WHEN f.T <= 365 THEN 'established' ELSE 'loyal' END AS customer_stage,
       CASE WHEN f.T - f.recency <= 30 THEN 'active' WHEN f.T - f.recency <= 90 THEN 'cooling'
            WHEN f.T - f.recency <= 180 THEN 'at risk' ELSE 'lapsed' END AS status_segment,
       f.set_aside
FROM feat_customer f
WHERE f.made = (SELECT made FROM run_live_made WHERE stage = 'features');
