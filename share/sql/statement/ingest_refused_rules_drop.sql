-- about: forget what rules left out of a refused file
DELETE FROM raw_left_out WHERE file_id = ?1
