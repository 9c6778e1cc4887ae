-- about: the record of a file set aside goes when the file is there under another number
DELETE FROM raw_file WHERE file_id = ?1 AND status IN ('aside', 'discarded')
