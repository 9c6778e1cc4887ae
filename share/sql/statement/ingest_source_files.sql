-- about: accepted files without a key of one source, but for one of them; files that were read without a mapping are one source
SELECT file_id, name FROM raw_file
WHERE status = 'accepted' AND key_name = '' AND file_id <> ?1 AND coalesce(json_extract(reading, '$.mapping.source'), '') = ?2
ORDER BY file_id
