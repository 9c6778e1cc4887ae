-- about: how many customers have which value, for attributes of at most 50 values that are no names of people
-- reads: attribute, attribute_value
-- column: value text - its commonest first; 12 of an attribute at most
-- column: share share - of the customers who have a value
-- column: filter text - what finds them among the ranked customers
SELECT name AS attribute, text AS value, customers, CAST(customers AS REAL) / all_customers AS share,
       name || CASE type WHEN 'number' THEN printf('=%.15g', number) WHEN 'day' THEN '=' || date(number * 86400, 'unixepoch')
                         ELSE ':"' || replace(text, '"', '""') || '"' END AS filter
FROM (SELECT a.attribute AS place_of, a.name, a.type, v.number, v.text, v.customers, a.customers AS all_customers,
             row_number() OVER (PARTITION BY a.attribute ORDER BY v.customers DESC, v.text) AS place
      FROM attribute a CROSS JOIN attribute_value v ON v.attribute = a.attribute
      WHERE a.personal = 0 AND a.different <= 50 AND v.customers > 0)
WHERE place <= 12
ORDER BY place_of, place
