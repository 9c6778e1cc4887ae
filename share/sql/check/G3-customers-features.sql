-- about: distinct customers, accepted to features: who is set aside is missing
-- table: feat_customer
-- severity: stop
-- threshold: at least {gate.customers_percent} %
-- bind: made, gate.customers_percent, accepted, usable
-- sentence: {ok} of {total} customers with accepted rows have features that every model can use ({percent} %){before}
-- todo: look at the customers named: refunds without a purchase, or repeat purchases that together are worth nothing (prices of 0, more refunds than purchases); the last good results stay as they are
WITH n AS (
  SELECT ?4 AS ok, ?3 + (SELECT count(*) FROM feat_set_aside WHERE made = ?1 AND reason <> 'before-cohort') - cohort_aside AS total, cohort_aside, cohort_from
  FROM (SELECT coalesce(max(cohort_aside), 0) AS cohort_aside, max(cohort_from) AS cohort_from FROM feat_window WHERE made = ?1)
)
SELECT total - ok AS hits, total, ok,
       printf('%.2f', 100.0 * ok / max(1, total)) AS percent,
       CASE WHEN 100 * ok < ?2 * total OR ok > total THEN 'stop' WHEN ok < total THEN 'warn' ELSE 'pass' END AS verdict,
       CASE WHEN ok < total THEN (
         SELECT json_group_array(customer_id)
         FROM (SELECT customer_id FROM (
                 SELECT customer, customer_id FROM feat_set_aside WHERE made = ?1 AND reason <> 'before-cohort'
                 UNION ALL
                 SELECT customer, customer_id FROM feat_customer WHERE made = ?1 AND set_aside IS NOT NULL)
               ORDER BY customer LIMIT 5)) END AS examples,
       CASE WHEN cohort_from IS NOT NULL THEN printf('; %d more first bought before %s and are set aside by cohort_from', cohort_aside,
         date(cohort_from * 86400, 'unixepoch')) ELSE '' END AS before
FROM n;
