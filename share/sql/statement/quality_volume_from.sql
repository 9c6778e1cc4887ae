-- about: the first row from which rows of a day or later may stand: of the files that reach it
-- bind: day
SELECT min(first_row) FROM raw_file WHERE status = 'accepted' AND last_day >= ?1;
