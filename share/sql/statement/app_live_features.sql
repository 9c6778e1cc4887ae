-- about: the execution whose features the live run uses
SELECT made FROM run_live_made WHERE stage = 'features'
