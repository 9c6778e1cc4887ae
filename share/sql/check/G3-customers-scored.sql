-- about: distinct customers, features to scored
-- table: score_customer
-- severity: stop
-- threshold: at least {gate.customers_percent} %
-- bind: made, features, gate.customers_percent
-- sentence: {ok} of {total} customers with features have a score ({percent} %)
-- todo: 'show model_fit' shows the model that scored; the last good results stay as they are
WITH n AS (
  SELECT (SELECT count(*) FROM score_customer WHERE made = ?1) AS ok,
         (SELECT count(*) FROM feat_customer WHERE made = ?2) AS total
)
SELECT total - ok AS hits, total, ok,
       printf('%.2f', 100.0 * ok / max(1, total)) AS percent,
       CASE WHEN 100 * ok < ?3 * total OR ok > total THEN 'stop' WHEN ok < total THEN 'warn' ELSE 'pass' END AS verdict,
       CASE WHEN ok < total THEN (
         SELECT json_group_array(customer_id)
         FROM (SELECT f.customer_id
               FROM feat_customer f
               WHERE f.made = ?2
                 AND NOT EXISTS (SELECT 1 FROM score_customer s WHERE s.made = ?1 AND s.customer = f.customer)
               ORDER BY f.customer LIMIT 5)) END AS examples
FROM n;
