-- about: the number of the accepted file with that content
SELECT file_id FROM raw_file WHERE digest = ?1 AND status = 'accepted'
