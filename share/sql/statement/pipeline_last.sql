-- about: the last execution of a stage that ended well
SELECT made, output, recipe, run_id FROM run_stage WHERE stage = ?1 AND status IN ('done', 'held') ORDER BY exec_id DESC LIMIT 1;
