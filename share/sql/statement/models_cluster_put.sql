-- about: a cluster of one execution
INSERT INTO score_cluster(made, cluster_id, cluster_rank, rank_from, rank_to, customers, customer_share, total, total_share,
                          mean, median, low, high, median_frequency, median_recency, median_monetary)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);
