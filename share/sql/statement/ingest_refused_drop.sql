-- about: the record of a refused file that is being imported again
DELETE FROM raw_file WHERE file_id = ?1 AND status = 'refused'
