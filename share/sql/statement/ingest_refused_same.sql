-- about: an earlier refused record of the same content, as long as nobody decided about its rows
SELECT file_id FROM raw_file f
WHERE digest = ?1 AND status = 'refused' AND file_id <> ?2
  AND NOT EXISTS (SELECT 1 FROM quar_row q WHERE q.file_id = f.file_id AND q.state <> 'open')
