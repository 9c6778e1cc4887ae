-- about: the attributes of customers: what was kept beside their purchases, and of how many
-- reads: attribute, attribute_value, customer_attribute, raw_customer
-- column: name text - as filters, sorts and columns name it
-- column: type text - text, number, day
-- column: customers count - with a value
-- column: share share - of all customers
-- column: distinct count - different values that somebody has
-- column: first text - the lowest value; missing: of people
-- column: last text - the highest value; missing: of people
SELECT a.name, a.type, coalesce(c.customers, 0) AS customers,
       CAST(coalesce(c.customers, 0) AS REAL) / max(1, (SELECT count(*) FROM raw_customer)) AS share, coalesce(c.different, 0) AS "distinct",
       CASE WHEN a.personal = 0 THEN CASE a.type WHEN 'text' THEN c.first_text
         WHEN 'day' THEN date(c.low * 86400, 'unixepoch') ELSE printf('%.15g', c.low) END END AS first,
       CASE WHEN a.personal = 0 THEN CASE a.type WHEN 'text' THEN c.last_text
         WHEN 'day' THEN date(c.high * 86400, 'unixepoch') ELSE printf('%.15g', c.high) END END AS last
FROM attribute a
LEFT JOIN (SELECT n.attribute, sum(n.customers) AS customers, count(*) AS different, min(v.text) AS first_text, max(v.text) AS last_text,
                  min(v.number) AS low, max(v.number) AS high
           FROM (SELECT attribute, value, count(*) AS customers FROM customer_attribute GROUP BY attribute, value) n
           JOIN attribute_value v ON v.attribute = n.attribute AND v.value = n.value
           GROUP BY n.attribute) c ON c.attribute = a.attribute
ORDER BY a.attribute
