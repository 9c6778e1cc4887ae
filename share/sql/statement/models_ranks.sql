-- about: customers from the best
SELECT customer FROM score_rank WHERE made = ?1 ORDER BY rank;
