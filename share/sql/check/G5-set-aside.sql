-- about: customers that the spend model cannot take, set aside by code
-- table: feat_customer
-- severity: warn
-- threshold: none set aside
-- bind: made
-- sentence: {set_aside} customers never bought and {spend_aside} have repeat purchases worth 0 or less, net; they are set aside
-- todo: those with purchases keep their forecast of purchases, their spend comes from the population
SELECT set_aside + spend_aside AS hits, customers + set_aside AS total, set_aside, spend_aside,
       CASE WHEN set_aside + spend_aside > 0 THEN (
         SELECT json_group_array(customer_id)
         FROM (SELECT customer_id FROM (
                 SELECT customer, customer_id FROM feat_set_aside WHERE made = ?1 AND reason <> 'before-cohort'
                 UNION ALL
                 SELECT customer, customer_id FROM feat_customer WHERE made = ?1 AND set_aside IS NOT NULL)
               ORDER BY customer LIMIT 5)) END AS examples
FROM (SELECT coalesce(max(set_aside), 0) AS set_aside, coalesce(max(spend_aside), 0) AS spend_aside, coalesce(max(customers), 0) AS customers
      FROM feat_window WHERE made = ?1);
