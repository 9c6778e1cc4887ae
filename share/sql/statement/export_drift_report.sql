-- about: the report of one drift execution
SELECT report FROM drift_run WHERE made = ?1
