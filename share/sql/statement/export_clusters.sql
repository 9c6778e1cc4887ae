-- about: clusters of one execution as ranges of ranks
SELECT cluster_id, cluster_rank, rank_from, rank_to FROM score_cluster WHERE made = ?1 ORDER BY cluster_id
