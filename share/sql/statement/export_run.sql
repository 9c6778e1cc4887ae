-- about: a run for the manifest
-- column: as_of day - last day seen
SELECT run_id, started_at, finished_at, status, as_of, seed, program, settings, audit_head, audit_length FROM run_run WHERE run_id = ?1
