-- about: the cut points of a set's clusters
SELECT cluster, upper, k FROM fit_cut WHERE set_id = ?1 ORDER BY cluster;
