-- about: a run ends, well or not
UPDATE run_run SET finished_at = ?2, status = ?3, as_of = ?4, error = ?5, audit_head = ?6, audit_length = ?7 WHERE run_id = ?1;
