-- about: distinct customers, features to scored
-- table: score_customer
-- severity: stop
-- threshold: at least {gate.customers_percent} %
-- bind: made, features, gate.customers_percent, rows, customers
-- sentence: {rows} of {total} customers with features have a score ({percent} %)
-- todo: 'show model_fit' shows the model that scored; the last good results stay as they are
SELECT ?5 - ?4 AS hits, ?5 AS total,
       printf('%.2f', 100.0 * ?4 / max(1, ?5)) AS percent,
       CASE WHEN 100 * ?4 < ?3 * ?5 OR ?4 > ?5 THEN 'stop' WHEN ?4 < ?5 THEN 'warn' ELSE 'pass' END AS verdict,
       CASE WHEN ?4 < ?5 THEN (
         SELECT json_group_array(customer_id)
         FROM (SELECT f.customer_id
               FROM feat_customer f
               WHERE f.made = ?2
                 AND NOT EXISTS (SELECT 1 FROM score_customer s WHERE s.made = ?1 AND s.customer = f.customer)
               ORDER BY f.customer LIMIT 5)) END AS examples;
