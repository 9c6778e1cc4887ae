-- about: the reasons of a refused file that is being imported again
DELETE FROM quar_reason WHERE file_id = ?1
