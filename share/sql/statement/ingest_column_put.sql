-- about: a column of a file
INSERT INTO raw_column (file_id, place, name, role, type, needed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
