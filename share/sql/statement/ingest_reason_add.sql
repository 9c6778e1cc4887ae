-- about: how many rows of a file a reason hit
INSERT INTO quar_reason (file_id, code, rows) VALUES (?1, ?2, ?3)
