-- about: what the columns of all accepted files held, for a proposal
SELECT name, role, type, shape, filled, missing, weighed, low, high, top,
       (SELECT count(*) FROM raw_profile o WHERE o.file_id > 0 AND o.kept = 0 AND o.name = p.name) AS files
FROM raw_profile p WHERE file_id = 0 AND kept = 0 ORDER BY place
