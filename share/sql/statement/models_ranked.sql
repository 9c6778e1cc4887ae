-- about: how many customers one execution ranked
SELECT coalesce(max(rank), 0) FROM score_rank WHERE made = ?1;
