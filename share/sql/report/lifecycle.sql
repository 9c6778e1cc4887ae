-- about: customers by stage (time since first purchase) and status (time since last)
-- reads: dim_customer
SELECT customer_stage, status_segment, count(*) AS customers, avg(frequency) AS mean_frequency, avg(mean_gap_days) AS mean_gap_days
FROM dim_customer
GROUP BY customer_stage, status_segment
ORDER BY customer_stage, status_segment
