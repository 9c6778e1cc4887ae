-- about: when a stage's execution began
SELECT started_at FROM run_stage WHERE exec_id = ?1
