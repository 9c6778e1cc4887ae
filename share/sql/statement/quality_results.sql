-- about: findings of one execution, or (0) of the newest execution of each gated table
SELECT r.check_id, r.table_name, r.severity, r.verdict, r.hits, r.total, r.threshold, r.sentence, r.examples
FROM qc_result r
WHERE CASE ?1 WHEN 0 THEN r.made = (SELECT max(g.made) FROM qc_gate g WHERE g.table_name = r.table_name) ELSE r.made = ?1 END
ORDER BY r.check_id, r.table_name;
