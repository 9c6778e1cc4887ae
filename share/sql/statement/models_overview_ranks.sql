-- about: customers from the best with tier and segment; scanned, so by rank
SELECT customer, tier, rfm_segment FROM score_rank WHERE made = ?1;
