-- about: how many rows of a table a gate judged
SELECT rows FROM qc_gate WHERE table_name = ?1 AND made = ?2;
