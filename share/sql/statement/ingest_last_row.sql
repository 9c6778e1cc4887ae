-- about: the number of the newest accepted row
SELECT coalesce((SELECT first_row + rows - 1 FROM raw_block ORDER BY first_row DESC LIMIT 1), 0);
