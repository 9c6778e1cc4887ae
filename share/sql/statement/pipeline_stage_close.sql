-- about: how an execution ended
UPDATE run_stage SET status = ?2, recipe = ?3, fingerprint = ?4, made = ?5, output = ?6, rows_in = ?7, rows_out = ?8,
       seconds = ?9, note = ?10, error = ?11
WHERE exec_id = ?1;
