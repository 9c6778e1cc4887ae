-- about: clusters of predicted value, lowest first
-- reads: run_live_made, score_cluster
-- column: cluster_id count - 1 is the lowest value
-- column: customer_share share - of all customers
-- column: total money - predicted value of its customers
-- column: total_share share - of all predicted value
-- column: mean money - a customer
-- column: median money - a customer
-- column: median_monetary money - mean net spend of a repeat purchase day; none where the median customer bought once
SELECT c.cluster_id, c.cluster_rank, c.customers, c.customer_share, c.total, c.total_share, c.mean, c.median, c.low, c.high,
       c.median_frequency, c.median_recency, CASE WHEN c.median_frequency > 0 THEN c.median_monetary END AS median_monetary
FROM score_cluster c
WHERE c.made = (SELECT made FROM run_live_made WHERE stage = 'cluster')
ORDER BY c.cluster_id
