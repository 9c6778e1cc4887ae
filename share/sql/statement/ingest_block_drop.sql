-- about: a block makes room for its successor of the same number
DELETE FROM raw_block WHERE first_row = ?1
