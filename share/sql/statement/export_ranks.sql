-- about: ranks of one execution, best first (by the table's key)
SELECT rank, customer, rfm_segment FROM score_rank WHERE made = ?1
