-- about: the block that holds a row
SELECT first_row, rows FROM raw_block WHERE first_row <= ?1 ORDER BY first_row DESC LIMIT 1
