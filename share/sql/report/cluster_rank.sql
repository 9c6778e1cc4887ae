-- about: clusters ranked by their median predicted value
-- reads: run_live_made, score_cluster
-- column: cluster_rank count - 1 is the highest median
-- column: median money - a customer
-- column: index real - median over the median of all customers
-- column: customer_share share - of all customers
-- column: total_share share - of all predicted value
SELECT c.cluster_rank, c.cluster_id, c.median,
       c.median / nullif((SELECT s.value FROM score_total s WHERE s.name = 'median_worth'
         AND s.made = (SELECT made FROM run_live_made WHERE stage = 'score')), 0) AS "index",
       c.mean, c.customers, c.customer_share, c.total, c.total_share
FROM score_cluster c
WHERE c.made = (SELECT made FROM run_live_made WHERE stage = 'cluster')
ORDER BY c.cluster_rank
