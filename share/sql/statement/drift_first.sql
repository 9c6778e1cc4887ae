-- about: the first execution of drift for a champion: the one that froze its baseline
SELECT made, as_of, report
FROM drift_run
WHERE set_id = ?1
ORDER BY made LIMIT 1;
