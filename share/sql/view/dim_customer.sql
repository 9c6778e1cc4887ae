-- about: features of the live run with everything that follows from them
-- reads: run_live_made, feat_customer, feat_window
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
