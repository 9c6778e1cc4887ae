-- about: files imported or refused, with their accounts
-- reads: raw_file
-- column: first_day day - first purchase
-- column: last_day day - last purchase
-- column: lost count - rows read that no account holds
SELECT file_id, name AS file, status, bytes, read_rows AS read, accepted, quarantined, duplicate, blank,
       read_rows - accepted - replaced - quarantined - duplicate - blank AS lost, replaced, refunds, customers,
       first_day, last_day, encoding, delimiter, imported_at, seconds, digest
FROM raw_file
ORDER BY file_id
