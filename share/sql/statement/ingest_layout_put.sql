-- about: what a file is compared by
INSERT INTO raw_layout (file_id, source, stem) VALUES (?1, ?2, ?3)
