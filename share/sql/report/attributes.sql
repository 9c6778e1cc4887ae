-- about: the attributes of customers: what was kept beside their purchases, and of how many
-- reads: attribute, attribute_value, raw_customer
-- column: name text - as filters, sorts and columns name it
-- column: type text - text, number, day
-- column: customers count - with a value
-- column: share share - of all customers
-- column: distinct count - different values that somebody has
-- column: first text - the lowest value; missing: of people
-- column: last text - the highest value; missing: of people
SELECT a.name, a.type, a.customers, CAST(a.customers AS REAL) / max(1, (SELECT count(*) FROM raw_customer)) AS share, a.different AS "distinct",
       CASE WHEN a.personal = 0 THEN CASE a.type WHEN 'text' THEN min(v.text)
         WHEN 'day' THEN date(min(v.number) * 86400, 'unixepoch') ELSE printf('%.15g', min(v.number)) END END AS first,
       CASE WHEN a.personal = 0 THEN CASE a.type WHEN 'text' THEN max(v.text)
         WHEN 'day' THEN date(max(v.number) * 86400, 'unixepoch') ELSE printf('%.15g', max(v.number)) END END AS last
FROM attribute a
LEFT JOIN attribute_value v ON v.attribute = a.attribute AND v.customers > 0
GROUP BY a.attribute
ORDER BY a.attribute
