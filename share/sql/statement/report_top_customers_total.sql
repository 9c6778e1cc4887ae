-- about: how many customers the live run ranked
SELECT coalesce(max(rank), 0) FROM score_rank WHERE made = (SELECT made FROM run_live_made WHERE stage = 'rank')
