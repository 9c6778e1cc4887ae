-- about: runs, newest first
-- reads: run_run, run_live
-- column: as_of day - last day seen
SELECT r.run_id, CASE WHEN l.run_id IS NOT NULL THEN 'live' ELSE '' END AS live, r.status, r.started_at, r.finished_at, r.as_of, r.seed,
       r.command, r.program, r.audit_head, r.audit_length, r.error
FROM run_run r LEFT JOIN run_live l ON l.run_id = r.run_id
ORDER BY r.run_id DESC
