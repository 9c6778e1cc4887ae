-- about: keep what the rows of a block are matched by
INSERT INTO raw_match (first_row, keys) VALUES (?1, ?2)
ON CONFLICT (first_row) DO UPDATE SET keys = excluded.keys
