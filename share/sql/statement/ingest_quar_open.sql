-- about: open rows in quarantine: one, or all of a file
SELECT quar_id, file_id, raw_bytes, raw FROM quar_row WHERE state = 'open' AND (quar_id = ?1 OR file_id = ?2) ORDER BY quar_id
