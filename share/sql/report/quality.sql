-- about: what the checks of the newest run found
-- reads: qc_gate, qc_result
-- column: hits count - rows that break the rule
-- column: total count - rows looked at
-- column: trend text - the share of such rows in the last 12 executions, oldest first, blanks between
SELECT r.check_id AS id, r.table_name AS "table", r.severity, r.verdict, r.hits, r.total, r.threshold, r.sentence, r.examples,
       (SELECT group_concat(share, ' ')
        FROM (SELECT share FROM (SELECT h.made, coalesce(printf('%.4g', CAST(h.hits AS REAL) / nullif(h.total, 0)), '-') AS share
                                 FROM qc_result h WHERE h.check_id = r.check_id AND h.table_name = r.table_name ORDER BY h.made DESC LIMIT 12)
              ORDER BY made)) AS trend
FROM qc_result r
JOIN (SELECT table_name, max(made) AS made FROM qc_gate GROUP BY table_name) g ON g.table_name = r.table_name AND g.made = r.made
ORDER BY CASE r.verdict WHEN 'stop' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END, r.check_id
