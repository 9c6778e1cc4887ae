-- about: the execution that the live run uses for a stage
SELECT made FROM run_live_made WHERE stage = ?1;
