-- about: a known file as one that others are to give way to: its number, has it a key, its source, rows that it gave itself
SELECT file_id, key_name <> '', coalesce(json_extract(reading, '$.mapping.source'), ''), replaced FROM raw_file WHERE digest = ?1 AND status = 'accepted'
