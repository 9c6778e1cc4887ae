-- about: the run that measured what the live run shows
SELECT run_id
FROM run_stage
WHERE exec_id = coalesce((SELECT made FROM run_live_made WHERE stage = 'drift'), (SELECT max(made) FROM drift_run));
