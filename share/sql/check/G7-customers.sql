-- about: customers with purchases who are not in the customers feed; asked when there is one
-- table: raw_customer
-- severity: warn
-- threshold: none
-- sentence: {hits} of {total} customers with purchases are not in the customers feed, with {rows} rows; {idle} of the feed never bought
-- todo: import the feed that has them, or look for ids that are written in two ways
WITH feed AS (SELECT attribute FROM attribute WHERE name = 'in_customers_feed'),
known AS MATERIALIZED (
  SELECT r.customer, r.customer_id, r.sales + r.refunds AS rows,
         EXISTS (SELECT 1 FROM customer_attribute c WHERE c.attribute = (SELECT attribute FROM feed) AND c.customer = r.customer) AS listed
  FROM raw_customer r WHERE EXISTS (SELECT 1 FROM feed)
)
SELECT count(*) FILTER (WHERE rows > 0 AND NOT listed) AS hits, count(*) FILTER (WHERE rows > 0) AS total,
       coalesce(sum(rows) FILTER (WHERE NOT listed), 0) AS rows, count(*) FILTER (WHERE rows = 0 AND listed) AS idle,
       (SELECT json_group_array(customer_id) FROM (SELECT customer_id FROM known WHERE rows > 0 AND NOT listed ORDER BY customer LIMIT 5)) AS examples
FROM known HAVING EXISTS (SELECT 1 FROM feed);
