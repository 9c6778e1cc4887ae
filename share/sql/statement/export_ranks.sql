-- about: ranks of one execution, best first
SELECT rank, customer, percentile, top_share, tier, rfm_segment FROM score_rank WHERE made = ?1 ORDER BY rank
