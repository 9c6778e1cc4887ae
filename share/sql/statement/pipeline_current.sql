-- about: the execution that a stage's new recipe is held against: the live run's, else the last one that ended well after it
SELECT s.made, s.output, s.recipe, s.run_id
FROM run_stage s
WHERE s.stage = ?1 AND s.status IN ('done', 'held')
  AND (s.made IN (SELECT o.made FROM run_live l JOIN run_output o ON o.run_id = l.run_id WHERE o.stage = ?1)
       OR s.run_id > coalesce((SELECT run_id FROM run_live WHERE id = 1), 0))
ORDER BY s.made IN (SELECT o.made FROM run_live l JOIN run_output o ON o.run_id = l.run_id WHERE o.stage = ?1) DESC, s.exec_id DESC
LIMIT 1;
