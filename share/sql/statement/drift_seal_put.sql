-- about: the digest of an execution of drift, once its rows are written
UPDATE drift_run SET digest = ?2 WHERE made = ?1;
