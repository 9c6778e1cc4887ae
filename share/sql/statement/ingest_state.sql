-- about: all that later stages may see of the raw tables: accepted files in order, then decisions about rows set aside
SELECT 0 AS kind, file_id AS at, digest AS what, accepted AS rows FROM raw_file WHERE status = 'accepted'
UNION ALL
SELECT 1, quar_id, state, file_id FROM quar_row WHERE state <> 'open'
ORDER BY kind, at
