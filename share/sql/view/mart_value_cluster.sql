-- about: the cluster of each customer of the live ranking, range by range: what mart_customer_value says row by row
-- reads: run_live_made, score_rank, score_cluster
-- column: cluster_id count - 1 is the lowest value
-- column: customer count - number of the customer in raw_customer
CREATE VIEW mart_value_cluster AS
SELECT c.cluster_id, r.customer
FROM score_cluster c
CROSS JOIN score_rank r ON r.made = (SELECT made FROM run_live_made WHERE stage = 'rank') AND r.rank BETWEEN c.rank_from AND c.rank_to
WHERE c.made = (SELECT made FROM run_live_made WHERE stage = 'cluster');
