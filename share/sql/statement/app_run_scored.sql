-- about: has the run scores
SELECT count(*) FROM run_output WHERE run_id = ?1 AND stage = 'score';
