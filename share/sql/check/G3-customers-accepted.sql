-- about: distinct customers, raw to accepted: an id that only open quarantined rows of accepted files have is missing
-- table: raw_customer
-- severity: stop
-- threshold: at least {gate.customers_percent} %
-- bind: gate.customers_percent, rows
-- sentence: {ok} of {total} customers have accepted rows ({percent} %)
-- todo: mend the rows that 'quarantine list' shows and release them, or discard them with a reason; the last good results stay as they are
WITH aside AS MATERIALIZED (
  SELECT DISTINCT q.customer_id
  FROM quar_row q
  JOIN raw_file f ON f.file_id = q.file_id
  WHERE q.state = 'open' AND f.status = 'accepted' AND q.customer_id IS NOT NULL
), known AS MATERIALIZED (
  SELECT customer_id FROM raw_customer WHERE EXISTS (SELECT 1 FROM aside) AND customer_id IN (SELECT customer_id FROM aside)
), n AS (
  SELECT ?2 AS ok,
         (SELECT count(*) FROM aside) - (SELECT count(*) FROM known) AS hits
)
SELECT hits, ok + hits AS total, ok,
       printf('%.2f', 100.0 * ok / max(1, ok + hits)) AS percent,
       CASE WHEN 100 * ok < ?1 * (ok + hits) THEN 'stop' WHEN hits > 0 THEN 'warn' ELSE 'pass' END AS verdict,
       (SELECT json_group_array(customer_id)
        FROM (SELECT customer_id FROM aside WHERE customer_id NOT IN (SELECT customer_id FROM known) ORDER BY customer_id LIMIT 5)) AS examples
FROM n;
