-- about: what the checks of the contract of orders found in the rows of the accepted files, by check
-- bind: the version that counts
SELECT c.check_id, max(c.severity = 'stop') AS stops, max(c.verdict <> 'pass') AS warns, sum(c.looked) AS looked, sum(c.failing) AS failing,
       count(*) AS files,
       (SELECT x.sentence FROM raw_contract x JOIN raw_file f ON f.file_id = x.file_id
        WHERE x.check_id = c.check_id AND x.version = ?1 AND f.status = 'accepted'
        ORDER BY x.verdict <> 'pass' DESC, x.file_id DESC LIMIT 1) AS sentence,
       (SELECT json_group_array(name || ':' || line || ': ' || example)
        FROM (SELECT f.name, x.line, x.example FROM raw_contract x JOIN raw_file f ON f.file_id = x.file_id
              WHERE x.check_id = c.check_id AND x.version = ?1 AND f.status = 'accepted' AND x.line IS NOT NULL
              ORDER BY x.file_id DESC LIMIT 5)) AS examples
FROM raw_contract c JOIN raw_file f ON f.file_id = c.file_id
WHERE c.version = ?1 AND f.status = 'accepted'
GROUP BY c.check_id ORDER BY c.check_id;
