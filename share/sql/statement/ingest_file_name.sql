-- about: the name that a file was given
SELECT name FROM raw_file WHERE file_id = ?1
