-- about: is there an accepted file of that many bytes
SELECT count(*) FROM raw_file WHERE bytes = ?1 AND status = 'accepted'
