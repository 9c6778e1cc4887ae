-- about: what one check found, execution by execution: show check_runs --param id=ID
-- reads: qc_gate, qc_result
-- param: id text required its id, as the report quality has it
-- column: as_of day - the last day that counts
-- column: hits count - rows that break the rule
-- column: total count - rows looked at
-- column: share share - hits of total
SELECT r.made, g.at, g.as_of, r.verdict, r.hits, r.total, CAST(r.hits AS REAL) / nullif(r.total, 0) AS share, r.sentence
FROM qc_result r LEFT JOIN qc_gate g ON g.table_name = r.table_name AND g.made = r.made
WHERE r.check_id = :id
ORDER BY r.made
