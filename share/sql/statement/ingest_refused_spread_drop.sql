-- about: the values of fields of a refused file that is being imported again
DELETE FROM raw_contract_spread WHERE file_id = ?1
