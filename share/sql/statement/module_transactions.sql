-- about: the blocks that hold accepted rows from one number to another
SELECT first_row, rows, customer, day, amount_minor, counts_on, file_id
FROM raw_block
WHERE first_row BETWEEN coalesce((SELECT max(first_row) FROM raw_block WHERE first_row <= ?1), ?1) AND ?2
ORDER BY first_row;
