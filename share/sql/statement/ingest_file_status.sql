-- about: accepted or refused
SELECT status FROM raw_file WHERE file_id = ?1
