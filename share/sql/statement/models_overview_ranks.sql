-- about: customers from the best with their segment; scanned, so by rank
SELECT customer, rfm_segment FROM score_rank WHERE made = ?1;
