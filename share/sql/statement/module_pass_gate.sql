-- about: the gate's verdict on a table as one execution wrote it
SELECT verdict, as_of, rows
FROM qc_gate
WHERE table_name = ?1 AND made = ?2;
