-- about: customers whom tickets, sessions, subscriptions, points or incomes name, and who neither bought nor stand in a customers feed
-- table: raw_customer
-- severity: warn
-- threshold: none
-- sentence: {hits} of {total} customers without purchases are named by feeds, and the customers feed does not have them
-- todo: import the feed that has them, or look for ids that are written in two ways
WITH feed AS (SELECT attribute FROM attribute WHERE name = 'in_customers_feed'),
idle AS MATERIALIZED (
  SELECT r.customer, r.customer_id,
         EXISTS (SELECT 1 FROM customer_attribute c WHERE c.attribute = (SELECT attribute FROM feed) AND c.customer = r.customer) AS listed
  FROM raw_customer r WHERE EXISTS (SELECT 1 FROM raw_feed) AND r.sales + r.refunds = 0
)
SELECT count(*) FILTER (WHERE NOT listed) AS hits, count(*) AS total,
       (SELECT json_group_array(customer_id) FROM (SELECT customer_id FROM idle WHERE NOT listed ORDER BY customer LIMIT 5)) AS examples
FROM idle HAVING EXISTS (SELECT 1 FROM raw_feed);
