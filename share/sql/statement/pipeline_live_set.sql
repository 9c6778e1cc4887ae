-- about: move the live run, remembering the one before
INSERT INTO run_live (id, run_id, previous) VALUES (1, ?1, NULL)
ON CONFLICT (id) DO UPDATE SET previous = run_live.run_id, run_id = excluded.run_id;
