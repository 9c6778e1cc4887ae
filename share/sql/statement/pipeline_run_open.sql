-- about: a run begins
INSERT INTO run_run (started_at, status, command, as_of, seed, settings, program) VALUES (?1, 'running', ?2, NULL, ?3, ?4, ?5);
