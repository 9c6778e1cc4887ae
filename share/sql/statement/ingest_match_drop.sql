-- about: forget what rows are matched by, from a row on
DELETE FROM raw_match WHERE first_row >= ?1
