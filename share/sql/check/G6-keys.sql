-- about: rows whose key is known with another customer, day or amount
-- table: raw_customer
-- severity: stop
-- threshold: at most {gate.key_percent} % of the rows of files that have a key
-- bind: gate.key_percent
-- sentence: {hits} of {total} rows with a key contradict an earlier row of that key ({percent} %): {corrected} took its place, {aside} were set aside
-- todo: look at key-conflict with 'quarantine list': is the key one? A mapping declares key and on_conflict
WITH n AS (
  SELECT coalesce(sum(f.corrected), 0) AS corrected,
         coalesce(sum((SELECT r.rows FROM quar_reason r WHERE r.file_id = f.file_id AND r.code = 'key-conflict')), 0) AS aside,
         coalesce(sum(f.read_rows - f.blank), 0) AS total
  FROM raw_file f
  WHERE f.status = 'accepted' AND f.key_name <> ''
)
SELECT corrected + aside AS hits, total, corrected, aside, printf('%.2f', 100.0 * (corrected + aside) / max(1, total)) AS percent,
       CASE WHEN total = 0 THEN 'skip' WHEN 100 * (corrected + aside) > ?1 * total THEN 'stop' ELSE 'pass' END AS verdict
FROM n;
