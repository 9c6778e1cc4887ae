-- about: all that later stages may see of the raw tables: accepted files in order, then decisions about rows set aside, then feeds
SELECT 0 AS kind, file_id AS at, digest AS what, accepted AS rows FROM raw_file WHERE status = 'accepted'
UNION ALL
SELECT 1, quar_id, state, file_id FROM quar_row WHERE state <> 'open'
UNION ALL
SELECT 2, 0, value, 0 FROM store_fact WHERE key = 'returns'
UNION ALL
SELECT 3, file_id, CAST(by_file AS TEXT), rows FROM raw_replaced
UNION ALL
SELECT 4, feed_id, digest, kept FROM raw_feed
ORDER BY kind, at, what
