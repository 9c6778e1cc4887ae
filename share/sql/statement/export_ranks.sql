-- about: ranks of one execution, best first (by the table's key)
SELECT rank, customer, percentile, top_share, tier, rfm_segment FROM score_rank WHERE made = ?1
