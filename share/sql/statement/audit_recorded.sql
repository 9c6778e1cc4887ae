-- about: the longest audit chain that a run wrote down
SELECT audit_length, audit_head FROM run_run WHERE audit_length IS NOT NULL ORDER BY audit_length DESC, run_id DESC LIMIT 1;
