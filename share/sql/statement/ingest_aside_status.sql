-- about: the record of a file set aside follows what was decided
UPDATE raw_file SET status = ?2 WHERE file_id = ?1 AND status IN ('aside', 'discarded')
