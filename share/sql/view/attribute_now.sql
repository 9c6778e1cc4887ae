-- about: the attributes of each customer, one row a customer and attribute
-- reads: attribute, attribute_value, customer_attribute
-- column: customer count - number of the customer in raw_customer
-- column: name text - of the attribute
-- column: type text - text, number, day
-- column: value text - as delivered
-- column: number real - of a number; of a day its days since 1970-01-01; missing: text
-- column: day day - of the row that said so; missing: a feed without days
CREATE VIEW attribute_now AS
SELECT c.customer, a.name, a.type, v.text AS value, v.number, c.day
FROM attribute a
CROSS JOIN customer_attribute c ON c.attribute = a.attribute
CROSS JOIN attribute_value v ON v.attribute = c.attribute AND v.value = c.value;
