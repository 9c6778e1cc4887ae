-- about: the live run
SELECT run_id FROM run_live_made LIMIT 1;
