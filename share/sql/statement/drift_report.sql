-- about: the report that the live run shows; before there is a live run, the last one
SELECT report
FROM drift_run
WHERE made = coalesce((SELECT made FROM run_live_made WHERE stage = 'drift'), (SELECT max(made) FROM drift_run));
