-- about: what the checks of the newest run found
-- reads: qc_gate, qc_result
-- column: hits count - rows that break the rule
-- column: total count - rows looked at
SELECT r.check_id AS id, r.table_name AS "table", r.severity, r.verdict, r.hits, r.total, r.threshold, r.sentence, r.examples
FROM qc_result r
JOIN (SELECT table_name, max(made) AS made FROM qc_gate GROUP BY table_name) g ON g.table_name = r.table_name AND g.made = r.made
ORDER BY CASE r.verdict WHEN 'stop' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, r.check_id
