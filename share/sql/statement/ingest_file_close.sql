-- about: what a file came to
UPDATE raw_file
SET digest = ?2, status = ?3, read_rows = ?4, accepted = ?5, quarantined = ?6, blank = ?7, refunds = ?8, customers = ?9,
    revenue_minor = ?10, first_day = ?11, last_day = ?12, first_row = ?13, last_row = ?14, overlap = ?15, seconds = ?16, note = ?17,
    reading = ?18, duplicate = ?19, left_out = ?20, late = ?21, corrected = ?22
WHERE file_id = ?1
