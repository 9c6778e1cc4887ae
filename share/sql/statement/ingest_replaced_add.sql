-- about: keep which rows gave way to those of another file, who wanted it and why
INSERT INTO raw_replaced (file_id, by_file, from_day, to_day, rows, amount_minor, by_name, why, at)
SELECT ?1, ?2, ?3, ?4, ?5, CASE WHEN has_money THEN ?6 END, ?7, ?8, ?9 FROM raw_file WHERE file_id = ?1
