-- about: the last row there is
SELECT max(first_row + rows - 1) FROM raw_block;
