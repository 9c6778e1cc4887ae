-- about: rows of a file gave way to those of another: what stays of it
UPDATE raw_file
SET accepted = accepted - ?2, replaced = replaced + ?2, refunds = ?3, revenue_minor = CASE WHEN has_money THEN ?4 END, customers = ?5,
    first_day = ?6, last_day = ?7
WHERE file_id = ?1
