-- about: rows that gave way to those of another file (import --replace-range): whose, to whose, who wanted it and why
-- reads: raw_replaced, raw_file, store_unit
-- column: from_day day - first of the range
-- column: to_day day - last of the range
-- column: amount money - sum of the rows
SELECT f.name AS file, b.name AS by_file, r.from_day, r.to_day, r.rows, r.amount_minor / (SELECT scale FROM store_unit) AS amount, r.by_name, r.why, r.at
FROM raw_replaced r JOIN raw_file f ON f.file_id = r.file_id JOIN raw_file b ON b.file_id = r.by_file
ORDER BY r.at, r.by_file, r.file_id
