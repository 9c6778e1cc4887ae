-- about: a file is set aside whole
INSERT INTO quar_file (file_id, name, path, copy, bytes, digest, reasons, sentence, policy, against, difference, expected, found, asked, set_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
