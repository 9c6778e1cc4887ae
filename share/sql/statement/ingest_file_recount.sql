-- about: what a file's rows come to after some were replaced
UPDATE raw_file SET refunds = ?2, revenue_minor = CASE WHEN has_money THEN ?3 END, first_day = ?4, last_day = ?5 WHERE file_id = ?1
