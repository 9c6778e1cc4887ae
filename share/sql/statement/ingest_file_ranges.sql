-- about: earlier accepted files whose days meet a range
SELECT file_id, name, first_row, last_row FROM raw_file
WHERE status = 'accepted' AND accepted > 0 AND file_id <> ?1 AND first_day <= ?3 AND last_day >= ?2 AND last_row >= first_row
ORDER BY file_id
