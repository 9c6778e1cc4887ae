-- about: the live ranking: one row a customer, best first
-- reads: mart_value_rank, mart_value_score, mart_value_history, run_live_made, score_cluster
-- column: rank count - 1 is the most valuable
-- column: customer_id text - as in the file
-- column: frequency count - repeat purchase days
-- column: recency days days last less first purchase day
-- column: days_since_last days days from the last purchase day to the as-of day
-- column: t days days from the first purchase day to the as-of day
-- column: monetary money - mean net spend of repeat purchase days; 0 without repeats; missing: no money in this data, or set aside
-- column: p_alive share - probability that the customer still buys
-- column: expected_purchases real - in the horizon
-- column: expected_30d real - purchases in the next 30 days
-- column: p_no_purchase share - probability of no purchase in the horizon
-- column: expected_value money - expected spend of a purchase
-- column: clv money - discounted value of the horizon
-- column: clv_low money - 10 % quantile of the realised value
-- column: clv_high money - 90 % quantile
-- column: percentile percent % 100 is best
-- column: top_share share - rank / customers
-- column: tier text - Top 1 %, 5 %, 10 %, 20 %, Others
-- column: r count - recency score, 5 is best
-- column: f count - frequency score, 5 is best
-- column: m count - monetary score, 5 is best
-- column: rfm_segment text - one of eleven
-- column: cluster_id count - 1 is the lowest value
-- column: at_risk money - what stopping the drop-out expected in the horizon would keep
-- column: already_lost money - what the model believes is gone
-- column: worth real - what ranks: clv, or discounted expected purchases without money
-- column: first_purchase day - first purchase day
-- column: last_purchase day - last purchase day
-- column: orders count - sale rows
-- column: refunds count - refund rows
-- column: first_minor money - net of the first purchase day, minor units
-- column: repeat_minor money - net repeat spend, minor units
-- column: revenue_minor money - net of all rows, minor units
-- column: set_aside text - why the spend model cannot take the customer; missing: it can
-- column: customer count - number of the customer in raw_customer
CREATE VIEW mart_customer_value AS
SELECT r.rank, f.customer_id, f.frequency, f.recency, f.days_since_last, f.t, f.monetary, s.p_alive, s.expected_purchases,
       s.expected_30d, s.p_no_purchase, s.expected_value, s.clv, s.clv_low, s.clv_high, r.percentile, r.top_share, r.tier,
       r.r, r.f, r.m, r.rfm_segment,
       (SELECT c.cluster_id FROM score_cluster c
         WHERE c.made = (SELECT made FROM run_live_made WHERE stage = 'cluster') AND r.rank BETWEEN c.rank_from AND c.rank_to) AS cluster_id,
       s.at_risk, s.already_lost, s.worth,
       f.first_purchase, f.last_purchase, f.orders, f.refunds, f.first_minor, f.repeat_minor, f.revenue_minor, f.set_aside, r.customer
FROM mart_value_rank r
CROSS JOIN mart_value_score s ON s.customer = r.customer
CROSS JOIN mart_value_history f ON f.customer = r.customer;
