-- about: one row of a file moves from quarantine to the accepted ones: ?2 is 1 for a refund, ?3 minor units, ?4 its day, ?5 is 1
-- for a row that a mapping left out.
-- customers stays that of the import: whether this one is new to the file would take a pass over its rows
UPDATE raw_file
SET accepted = accepted + 1, quarantined = quarantined - 1, left_out = left_out - ?5, refunds = refunds + ?2, revenue_minor = revenue_minor + ?3,
    first_day = CASE WHEN ?2 = 1 THEN first_day ELSE min(coalesce(first_day, ?4), ?4) END,
    last_day = CASE WHEN ?2 = 1 THEN last_day ELSE max(coalesce(last_day, ?4), ?4) END
WHERE file_id = ?1
