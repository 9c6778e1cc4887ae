-- about: runs that did not end
SELECT count(*) FROM run_run WHERE status = 'running';
