-- about: customers who bought before they signed up; asked when a feed has the days of signing up
-- table: raw_customer
-- severity: warn
-- threshold: none
-- sentence: {hits} of {total} customers bought before the day on which they signed up
-- todo: guests may buy first; where nobody can, one of the two days is wrong
WITH a AS (SELECT attribute FROM attribute WHERE name = 'signup' AND type = 'day'),
signed AS MATERIALIZED (
  SELECT c.customer, v.number AS day
  FROM customer_attribute c JOIN attribute_value v ON v.attribute = c.attribute AND v.value = c.value
  WHERE c.attribute = (SELECT attribute FROM a)
)
SELECT count(*) FILTER (WHERE r.first_day < s.day) AS hits, count(*) FILTER (WHERE r.first_day IS NOT NULL) AS total,
       (SELECT json_group_array(customer_id) FROM (SELECT x.customer_id FROM signed y JOIN raw_customer x ON x.customer = y.customer
          WHERE x.first_day < y.day ORDER BY x.customer LIMIT 5)) AS examples
FROM signed s JOIN raw_customer r ON r.customer = s.customer HAVING EXISTS (SELECT 1 FROM a);
