-- about: the last file against the one before of the same source: amounts of another size, columns that were filled and are not
-- table: raw_customer
-- severity: warn
-- threshold: median and mean amount within a third and three times, no column that is read missing in 3 points more of the rows and twice as often
-- sentence: {file} against {before}: {what}
-- todo: look at the file with 'show profile --param file=N': a change of unit or currency, or an export that lost a column, looks like this
WITH last AS MATERIALIZED (
  SELECT f.file_id, f.name, l.source, l.stem FROM raw_file f JOIN raw_layout l ON l.file_id = f.file_id
  WHERE f.status = 'accepted' AND f.accepted >= 200 ORDER BY f.file_id DESC LIMIT 1),
pair AS MATERIALIZED (
  SELECT z.file_id AS now, z.name AS file, f.file_id AS then_id, f.name AS before
  FROM last z JOIN raw_layout l ON l.source = z.source AND l.stem = z.stem AND l.file_id < z.file_id
  JOIN raw_file f ON f.file_id = l.file_id AND f.status = 'accepted' AND f.accepted >= 200
  ORDER BY f.file_id DESC LIMIT 1),
size AS (
  SELECT 'the median amount is ' || printf('%.2f', n.p50) || ', it was ' || printf('%.2f', o.p50) AS words,
         (n.p50 > 3 * o.p50 AND n.mean > 3 * o.mean) OR (3 * n.p50 < o.p50 AND 3 * n.mean < o.mean) AS moved
  FROM pair p JOIN raw_profile n ON n.file_id = p.now AND n.kept = 1 AND n.name = 'amount'
  JOIN raw_profile o ON o.file_id = p.then_id AND o.kept = 1 AND o.name = 'amount'
  WHERE n.p50 > 0 AND o.p50 > 0),
gone AS (
  SELECT n.name || printf(' is missing in %.1f %% of the rows, it was in %.1f %%', 100.0 * n.missing / (n.filled + n.missing),
                          100.0 * o.missing / (o.filled + o.missing)) AS words,
         1.0 * n.missing / (n.filled + n.missing) - 1.0 * o.missing / (o.filled + o.missing) > 0.03
           AND 1.0 * n.missing / (n.filled + n.missing) > 2.0 * o.missing / (o.filled + o.missing) AS moved
  FROM pair p JOIN raw_profile n ON n.file_id = p.now AND n.kept = 0 AND n.role IS NOT NULL
  JOIN raw_profile o ON o.file_id = p.then_id AND o.kept = 0 AND o.role = n.role
  WHERE n.filled + n.missing > 0 AND o.filled + o.missing > 0),
held AS (SELECT * FROM size UNION ALL SELECT * FROM gone)
SELECT coalesce(sum(moved), 0) AS hits, count(*) AS total, (SELECT file FROM pair) AS file, (SELECT before FROM pair) AS before,
       coalesce(group_concat(words, '; ') FILTER (WHERE moved), 'amounts and missing values are as they were') AS what
FROM held HAVING count(*) > 0;
