-- about: forget what an earlier look at the same rows found
DELETE FROM qc_result WHERE made = ?1 AND table_name = ?2;
