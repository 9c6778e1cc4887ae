-- about: executions whose customer rows are kept: those of the live run, the previous one, the one that made the champion, and the one in which the champion first scored
-- reads: run_live, run_output, run_stage, decision_champion, drift_run
-- column: made count - execution whose rows are kept
CREATE VIEW run_kept AS
SELECT DISTINCT made FROM run_output
WHERE run_id IN (SELECT run_id FROM run_live UNION SELECT previous FROM run_live
                 UNION SELECT * FROM (SELECT run_id FROM decision_champion ORDER BY seq DESC LIMIT 1)
                 UNION SELECT run_id FROM run_stage WHERE exec_id = (SELECT min(made) FROM drift_run
                   WHERE set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)));
