-- about: the quarantine of a refused file that is being imported again
DELETE FROM quar_row WHERE file_id = ?1
