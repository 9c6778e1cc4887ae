-- about: what the columns of the accepted files held: counts, different values, range, quantiles, most frequent, months
-- reads: raw_profile, store_unit
-- param: file int optional one file, by its number in 'show files'; else all accepted files together
-- column: id text - for show profile_column ID
-- column: of text - rows taken in; or file: every row with as many fields as the header
-- column: name text - of the rows taken in: customer, day, amount; of the file: as its header has it
-- column: shape text - empty, constant, key (no value twice), category, date, number, text
-- column: rows count - with a value
-- column: missing count - without
-- column: distinct count - different values
-- column: distinct_error share - relative standard error of distinct; 0: it is exact
-- column: min text - of the weighed rows; of the rows taken in: of all
-- column: p05 text - a twentieth of the weighed rows is at most that; p25, median, p75, p95 alike
-- column: weighed count - rows that min, quantiles and the most frequent value are told from: in large files a part
-- column: top personal - the most frequent value
-- column: top_rows count - rows with it, at least
-- column: by_month text - rows with a value in each of the last 36 months
-- column: months text - the same as numbers with blanks between
WITH
taken(place, name) AS (VALUES (1, 'customer'), (2, 'day'), (3, 'amount')),
held AS MATERIALIZED (
  SELECT p.* FROM raw_profile p WHERE p.file_id = coalesce(:file, 0) UNION ALL
  SELECT 0, 1, t.place, t.name, t.name, NULL, 'empty', 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[]', NULL, '[]', '[]', NULL
  FROM taken t WHERE :file IS NULL AND NOT EXISTS (SELECT 1 FROM raw_profile p WHERE p.file_id = 0 AND p.kept = 1 AND p.place = t.place)),
-- Each number as it is read: days as dates, money in whole units.
said AS (
  SELECT h.kept, h.place, w.which, CASE h.type WHEN 'date' THEN date(CAST(w.v AS INTEGER) * 86400, 'unixepoch')
           ELSE CASE WHEN h.kept = 1 THEN printf('%.*f', u.decimals, w.v) ELSE printf('%.10g', w.v) END END AS text
  FROM held h CROSS JOIN store_unit u JOIN (
    SELECT kept, place, 'low' AS which, low AS v FROM held UNION ALL SELECT kept, place, 'p05', p05 FROM held UNION ALL
    SELECT kept, place, 'p25', p25 FROM held UNION ALL SELECT kept, place, 'p50', p50 FROM held UNION ALL
    SELECT kept, place, 'p75', p75 FROM held UNION ALL SELECT kept, place, 'p95', p95 FROM held UNION ALL
    SELECT kept, place, 'high', high FROM held UNION ALL SELECT kept, place, 'mean', mean FROM held) w ON w.kept = h.kept AND w.place = h.place
  WHERE w.v IS NOT NULL),
steps AS (
  SELECT h.kept, h.place, m.key, m.value AS n, substr('▁▂▃▄▅▆▇█', 1 + CAST(7.0 * m.value / nullif((SELECT max(value) FROM json_each(h.months)), 0) + 0.5 AS INTEGER), 1) AS step
  FROM held h JOIN json_each(h.months) m ON m.key >= json_array_length(h.months) - 36),
lines AS (SELECT kept, place, count(*) OVER after AS left, group_concat(step, '') OVER (PARTITION BY kept, place ORDER BY key) AS line,
                 group_concat(n, ' ') OVER (PARTITION BY kept, place ORDER BY key) AS numbers
          FROM steps WINDOW after AS (PARTITION BY kept, place ORDER BY key DESC))
SELECT h.file_id || '.' || h.kept || '.' || h.place AS id, CASE h.kept WHEN 1 THEN 'rows taken in' ELSE 'file' END AS of, h.name, h.role, h.shape,
       h.filled AS rows, h.missing, h.different AS "distinct", h.different_error AS distinct_error,
       (SELECT text FROM said s WHERE s.kept = h.kept AND s.place = h.place AND which = 'low') AS min,
       (SELECT text FROM said s WHERE s.kept = h.kept AND s.place = h.place AND which = 'p05') AS p05,
       (SELECT text FROM said s WHERE s.kept = h.kept AND s.place = h.place AND which = 'p25') AS p25,
       (SELECT text FROM said s WHERE s.kept = h.kept AND s.place = h.place AND which = 'p50') AS median,
       (SELECT text FROM said s WHERE s.kept = h.kept AND s.place = h.place AND which = 'p75') AS p75,
       (SELECT text FROM said s WHERE s.kept = h.kept AND s.place = h.place AND which = 'p95') AS p95,
       (SELECT text FROM said s WHERE s.kept = h.kept AND s.place = h.place AND which = 'high') AS max,
       (SELECT text FROM said s WHERE s.kept = h.kept AND s.place = h.place AND which = 'mean') AS mean,
       h.weighed, json_extract(h.top, '$[0][0]') AS top, json_extract(h.top, '$[0][1]') AS top_rows, l.line AS by_month, l.numbers AS months
FROM held h LEFT JOIN lines l ON l.kept = h.kept AND l.place = h.place AND l.left = 1
ORDER BY h.kept DESC, h.place
