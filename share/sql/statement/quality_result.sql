-- about: keep what a check found
INSERT INTO qc_result (made, check_id, table_name, severity, verdict, hits, total, threshold, sentence, examples)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
