-- about: the keys of a block of accepted rows
INSERT INTO raw_key (first_row, file_id, key, value) VALUES (?1, ?2, ?3, ?4)
