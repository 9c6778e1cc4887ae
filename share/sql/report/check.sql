-- about: one check of the newest run: show check --param id=ID
-- reads: qc_gate, qc_result
-- param: id text required its id, as the report quality has it
-- column: hits count - rows that break the rule
-- column: total count - rows looked at
-- column: examples text - of such rows, a JSON array of texts
SELECT r.check_id AS id, r.table_name AS "table", r.severity, r.verdict, r.hits, r.total, r.threshold, r.sentence, r.examples
FROM qc_result r
JOIN (SELECT table_name, max(made) AS made FROM qc_gate GROUP BY table_name) g ON g.table_name = r.table_name AND g.made = r.made
WHERE r.check_id = :id
