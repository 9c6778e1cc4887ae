-- about: keep how many rows of a file a rule left out, and their sum
INSERT INTO raw_left_out (file_id, rule, rows, amount_minor) VALUES (?1, ?2, ?3, ?4)
