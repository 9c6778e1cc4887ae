-- about: the verdict on a table as one execution wrote it
INSERT OR REPLACE INTO qc_gate (table_name, made, verdict, as_of, rows, at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6);
