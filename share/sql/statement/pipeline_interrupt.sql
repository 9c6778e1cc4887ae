-- about: a run that is still "running" while this writer holds the lock was cut short
UPDATE run_run SET status = 'interrupted', finished_at = ?1 WHERE status = 'running';
