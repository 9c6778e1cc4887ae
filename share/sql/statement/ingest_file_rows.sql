-- about: the numbers of a file's rows
SELECT first_row, last_row FROM raw_file WHERE file_id = ?1
