-- about: which execution the live run uses for each stage
-- reads: run_live, run_output
-- column: stage text - name of the stage
-- column: made count - execution whose rows are live
-- column: run_id count - the live run
CREATE VIEW run_live_made AS
SELECT o.stage AS stage, o.made AS made, o.run_id AS run_id
FROM run_live l JOIN run_output o ON o.run_id = l.run_id;
