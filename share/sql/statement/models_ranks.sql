-- about: customers from the best; scanned, so by rank
SELECT customer FROM score_rank WHERE made = ?1;
