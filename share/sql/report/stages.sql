-- about: the ledger: every execution of a stage, newest first
-- reads: run_stage
SELECT exec_id, run_id, stage, status, reason, rows_in, rows_out, seconds, started_at, fingerprint, note, error
FROM run_stage
ORDER BY exec_id DESC
