-- about: RFM-T and what follows from it, a row a customer
-- reads: dim_customer
-- column: first_purchase day - first purchase day
-- column: last_purchase day - last purchase day
-- column: monetary_value money - mean net spend of a repeat purchase day
-- column: recency days days last less first purchase day
-- column: T days days as-of less first purchase day
SELECT customer_id, recency, T, frequency, monetary_value, first_purchase, last_purchase, days_since_last, tenure_days, mean_gap_days,
       revenue_minor, orders, refunds, is_repeat, active_30d, customer_stage, status_segment, set_aside
FROM dim_customer
ORDER BY customer
