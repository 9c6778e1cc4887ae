-- about: take back the keys of a refused file, inside the import's transaction
DELETE FROM raw_key WHERE first_row >= ?1
