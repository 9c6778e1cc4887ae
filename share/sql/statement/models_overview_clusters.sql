-- about: clusters of one execution as ranges of ranks
SELECT CAST(cluster_id AS TEXT), rank_from, rank_to FROM score_cluster WHERE made = ?1 ORDER BY rank_from;
