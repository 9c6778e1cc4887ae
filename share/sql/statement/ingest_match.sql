-- about: what the rows of a block are matched by
SELECT keys FROM raw_match WHERE first_row = ?1
