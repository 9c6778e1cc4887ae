-- about: take back the rows of a refused file, inside the import's transaction
DELETE FROM raw_block WHERE first_row >= ?1
