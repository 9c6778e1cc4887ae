-- about: the cut points of a set, before it is cut into another number of clusters
DELETE FROM fit_cut WHERE set_id = ?1;
