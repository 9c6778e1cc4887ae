-- about: the live run, or no row
SELECT run_id FROM run_live
