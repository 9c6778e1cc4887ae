-- about: what a check of the contract found in a file
INSERT INTO raw_contract (file_id, check_id, version, severity, verdict, looked, failing, line, example, sentence)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, nullif(?8, 0), ?9, ?10);
