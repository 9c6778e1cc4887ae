-- about: an execution begins; its number marks the rows it writes
INSERT INTO run_stage (run_id, stage, status, reason, started_at) VALUES (?1, ?2, 'running', ?3, ?4);
