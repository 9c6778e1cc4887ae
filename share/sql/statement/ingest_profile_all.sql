-- about: what a column holds in all accepted files so far
SELECT place, type, shape, filled, missing, different, different_error, weighed, mean, grid, top, first_month, months, month_rows, sketch
FROM raw_profile WHERE file_id = 0 AND kept = ?1 AND name = ?2
