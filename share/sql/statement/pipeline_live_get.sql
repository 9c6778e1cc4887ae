-- about: the live run
SELECT run_id FROM run_live WHERE id = 1;
