-- about: rows of accepted files that were set aside
-- table: raw_customer
-- severity: warn
-- threshold: none set aside; the import refuses a file with too many
-- sentence: {hits} of {total} rows in {files} files are set aside ({percent} %)
-- todo: 'quarantine list' shows them with every reason
SELECT coalesce(sum(quarantined - left_out), 0) AS hits,
       coalesce(sum(accepted + quarantined - left_out), 0) AS total,
       count(*) AS files,
       printf('%.2f', 100.0 * coalesce(sum(quarantined - left_out), 0) / max(1, coalesce(sum(accepted + quarantined - left_out), 0))) AS percent,
       (SELECT json_group_array(name)
        FROM (SELECT name FROM raw_file WHERE status = 'accepted' AND quarantined > left_out ORDER BY file_id LIMIT 5)) AS examples
FROM raw_file
WHERE status = 'accepted';
