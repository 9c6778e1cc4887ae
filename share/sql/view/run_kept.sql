-- about: executions whose customer rows are kept: those of the live run, the previous one, and the one that made the champion
-- reads: run_live, run_output, decision_champion
-- column: made count - execution whose rows are kept
CREATE VIEW run_kept AS
SELECT DISTINCT made FROM run_output
WHERE run_id IN (SELECT run_id FROM run_live UNION SELECT previous FROM run_live
                 UNION SELECT * FROM (SELECT run_id FROM decision_champion ORDER BY seq DESC LIMIT 1));
