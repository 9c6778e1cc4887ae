-- about: rows whose key is known with another customer, day or amount
-- table: raw_customer
-- severity: stop
-- threshold: at most {gate.key_percent} % of the rows of files that have a key
-- bind: gate.key_percent
-- sentence: {text}
-- todo: look at key-conflict with 'quarantine list': is the key one? A mapping declares key and on_conflict
WITH n AS (
  SELECT coalesce(sum(f.corrected), 0) AS corrected,
         coalesce(sum((SELECT r.rows FROM quar_reason r WHERE r.file_id = f.file_id AND r.code = 'key-conflict')), 0) AS aside,
         coalesce(sum(f.read_rows - f.blank), 0) AS total
  FROM raw_file f
  WHERE f.status = 'accepted' AND f.key_name <> ''
)
SELECT corrected + aside AS hits, total,
       CASE WHEN total = 0 THEN 'no file has a key'
            WHEN corrected + aside = 0 THEN printf('no row of %d contradicts an earlier row of its key', total)
            ELSE printf('%d of %d rows contradict an earlier row of their key (%.2f %%): %d took its place, %d were set aside',
                        corrected + aside, total, 100.0 * (corrected + aside) / total, corrected, aside) END AS text,
       CASE WHEN total = 0 THEN 'skip' WHEN 100 * (corrected + aside) > ?1 * total THEN 'stop' ELSE 'pass' END AS verdict
FROM n;
