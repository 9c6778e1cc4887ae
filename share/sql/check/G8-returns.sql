-- about: customers whose returns are worth more than all that they bought
-- table: raw_customer
-- severity: warn
-- threshold: none
-- sentence: {hits} of {total} customers with returns gave back more than they bought{remark}
-- todo: look for purchases from before the first file (import them, too), or for adjustments that a rule of the mapping should leave out
WITH apart AS (
  SELECT customer, sum(amount_minor) AS minor FROM raw_return
  WHERE (SELECT value FROM store_fact WHERE key = 'returns') LIKE 'apart%' GROUP BY customer),
c AS MATERIALIZED (
  SELECT customer_id, c.total_minor + coalesce(a.minor, 0) AS net
  FROM raw_customer c LEFT JOIN apart a ON a.customer = c.customer WHERE c.refunds > 0)
SELECT (SELECT count(*) FROM c WHERE net < 0) AS hits, (SELECT count(*) FROM c) AS total,
       coalesce((SELECT printf('; %d returns have no sale, %d only a part of one', sum(matched_minor = 0), sum(matched_minor < 0 AND matched_minor > amount_minor))
                 FROM raw_return HAVING count(*) > 0), '') AS remark,
       (SELECT json_group_array(customer_id) FROM (SELECT customer_id FROM c WHERE net < 0 ORDER BY net, customer_id LIMIT 5)) AS examples;
