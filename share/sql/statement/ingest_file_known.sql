-- about: the record of the accepted file with that content
SELECT file_id, name, read_rows, accepted, quarantined, duplicate, blank, encoding, delimiter, reading, customers, revenue_minor, first_day,
       last_day, refunds, imported_at, replaced
FROM raw_file WHERE digest = ?1 AND status = 'accepted'
