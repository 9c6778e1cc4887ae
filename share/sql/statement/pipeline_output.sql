-- about: which execution a run uses for a stage
INSERT INTO run_output (run_id, stage, made) VALUES (?1, ?2, ?3);
