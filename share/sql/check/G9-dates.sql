-- about: days after today or before 1970
-- table: raw_customer
-- severity: warn
-- threshold: 1970-01-01 to today
-- bind: odd
-- sentence: {future} rows dated after today and {early} before 1970 are set aside; {inside} customers have such days among accepted rows
-- todo: check the file's date format and the clock of this machine
SELECT future + early + inside AS hits, total, future, early, inside
FROM (SELECT (SELECT coalesce(sum(r.rows), 0) FROM quar_reason r JOIN raw_file f ON f.file_id = r.file_id
              WHERE f.status = 'accepted' AND r.code = 'future-date') AS future,
             (SELECT coalesce(sum(r.rows), 0) FROM quar_reason r JOIN raw_file f ON f.file_id = r.file_id
              WHERE f.status = 'accepted' AND r.code = 'early-date') AS early,
             ?1 AS inside,
             (SELECT coalesce(sum(accepted + quarantined), 0) FROM raw_file WHERE status = 'accepted') AS total);
