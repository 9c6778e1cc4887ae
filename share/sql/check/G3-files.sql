-- about: files that the import refused; they are not in the data and block nothing
-- table: raw_customer
-- severity: warn
-- threshold: none refused
-- sentence: {hits} of {total} files were refused by the import
-- todo: 'quarantine list' shows why; import the file again when it is mended
SELECT count(*) FILTER (WHERE status = 'refused') AS hits,
       count(*) AS total,
       (SELECT json_group_array(name)
        FROM (SELECT name FROM raw_file WHERE status = 'refused' ORDER BY file_id LIMIT 5)) AS examples
FROM raw_file;
