-- about: the record of a file being read; completed by ingest_file_close
INSERT INTO raw_file (name, bytes, digest, status, encoding, delimiter, reading, has_money, read_rows, accepted, quarantined, duplicate,
                      blank, imported_at, seconds, key_name)
VALUES (?1, ?2, '', 'refused', ?3, ?4, ?5, ?6, 0, 0, 0, 0, 0, ?7, 0, ?8)
