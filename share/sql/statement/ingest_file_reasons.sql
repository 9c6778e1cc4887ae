-- about: rows of a file by reason, most first
SELECT code, rows FROM quar_reason WHERE file_id = ?1 ORDER BY rows DESC, code
