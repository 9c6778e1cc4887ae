-- about: the drift report of one execution
SELECT report
FROM drift_run
WHERE made = ?1;
