-- about: rows whose bytes, fields, dates or numbers cannot be read
-- table: raw_customer
-- severity: warn
-- threshold: at most 1 % of the rows of accepted files
-- sentence: {text}
-- todo: look at the reasons with 'show reasons', at a row with 'quarantine list'; a wrong reading is put right by 'import' with options, or by a mapping
WITH n AS (
  SELECT coalesce(sum(min(f.quarantined, coalesce((
           SELECT sum(r.rows) FROM quar_reason r
           WHERE r.file_id = f.file_id AND r.code IN ('nul-byte', 'invalid-utf8', 'stray-quote', 'unclosed-quote', 'row-too-long', 'field-too-long',
             'field-count', 'bad-date', 'bad-amount', 'too-many-decimals', 'overflow', 'bad-quantity')), 0))), 0) AS hits,
         coalesce(sum(f.read_rows - f.blank), 0) AS total
  FROM raw_file f
  WHERE f.status = 'accepted'
)
SELECT hits, total,
       CASE WHEN hits = 0 THEN printf('all of %d rows could be read', total)
            ELSE printf('%d of %d rows could not be read (%.2f %%) and are set aside', hits, total, 100.0 * hits / max(1, total)) END AS text,
       CASE WHEN total = 0 THEN 'skip' WHEN 100 * hits > total THEN 'warn' ELSE 'pass' END AS verdict
FROM n;
