-- about: the execution that the live run uses for a stage
SELECT o.made FROM run_live l JOIN run_output o ON o.run_id = l.run_id WHERE o.stage = ?1;
