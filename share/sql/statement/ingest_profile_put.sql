-- about: what a column of a file, or of all files, holds
INSERT OR REPLACE INTO raw_profile(file_id, kept, place, name, role, type, shape, filled, missing, different, different_error, weighed, top,
  first_month, months, month_rows, mean, low, p05, p25, p50, p75, p95, high, grid, sketch)
VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26)
