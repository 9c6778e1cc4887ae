-- about: what the contract found in a refused file that is being imported again
DELETE FROM raw_contract WHERE file_id = ?1
