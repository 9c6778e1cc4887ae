-- about: one column of the accepted files: its months, its most frequent values, its quantiles: show profile_column ID
-- reads: raw_profile
-- param: id text required as the report profile has it
-- column: part text - month, top, grid
-- column: label personal - the month, the value, the share of the weighed rows that is at most `value`
-- column: rows count - with a value in the month; with that value, at least
-- column: missing count - rows of the month without a value
-- column: value real - numbers as written, dates as days since 1970-01-01
WITH
one AS MATERIALIZED (SELECT * FROM raw_profile WHERE file_id || '.' || kept || '.' || place = :id)
SELECT :id AS id, 'month' AS part, printf('%04d-%02d', 1970 + (o.first_month + m.key) / 12, 1 + (o.first_month + m.key) % 12) AS label, m.value AS rows,
       json_extract(o.month_rows, '$[' || m.key || ']') - m.value AS missing, NULL AS value
FROM one o JOIN json_each(o.months) m
UNION ALL
SELECT :id, 'top', json_extract(t.value, '$[0]'), json_extract(t.value, '$[1]'), NULL, NULL FROM one o JOIN json_each(o.top) t
UNION ALL
SELECT :id, 'grid', g.key || ' %', NULL, NULL, CAST(g.value AS REAL) FROM one o JOIN json_each(o.grid) g
