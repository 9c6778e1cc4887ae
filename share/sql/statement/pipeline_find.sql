-- about: an execution by the same recipe whose rows are still there: used by a run that is kept, or later than the live run
SELECT s.made, s.output, s.recipe, m.run_id
FROM run_stage s JOIN run_stage m ON m.exec_id = s.made
WHERE s.stage = ?1 AND s.fingerprint = ?2 AND s.status IN ('done', 'held')
  AND (s.made IN (SELECT made FROM run_kept) OR s.run_id > coalesce((SELECT run_id FROM run_live WHERE id = 1), 0))
ORDER BY s.exec_id DESC LIMIT 1;
