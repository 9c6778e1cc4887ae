-- about: every customer of the live run, most valuable first
-- reads: mart_customer_value
-- attributes: mart_value_rank rank
-- page: rank
-- total: statement/report_top_customers_total
-- list: mart_value_rank customer
-- list: mart_value_cluster customer
-- list: mart_value_score customer
-- list: mart_value_history customer
-- state: statement/report_top_customers_state
-- find: customer_id statement/report_top_customers_find
-- column: rank count - 1 is the most valuable
-- column: customer_id text - as in the file
-- column: frequency count - repeat purchase days
-- column: recency days days last less first purchase day
-- column: days_since_last days days as-of less last purchase day
-- column: t days days as-of less first purchase day
-- column: monetary money - mean net spend of a repeat purchase day; missing: set aside, or no money in this data
-- column: p_alive share - probability that the customer still buys
-- column: expected_purchases real - in the horizon
-- column: expected_value money - expected spend of a purchase
-- column: clv money - discounted value of the horizon
-- column: clv_low money - 10 % quantile of the realised value
-- column: clv_high money - 90 % quantile
-- column: percentile percent % 100 is best
-- column: top_share share - rank / customers
-- column: tier text - Top 1 %, 5 %, 10 %, 20 %, Others
-- column: rfm_segment text - one of eleven
-- column: cluster_id count - 1 is the lowest value
-- column: at_risk money - what stopping the drop-out expected in the horizon would keep
SELECT rank, customer_id, frequency, recency, days_since_last, t, monetary, p_alive, expected_purchases, expected_value,
       clv, clv_low, clv_high, percentile, top_share, tier, rfm_segment, cluster_id, at_risk
FROM mart_customer_value
ORDER BY rank
