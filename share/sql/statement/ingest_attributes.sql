-- about: attributes of customers, by number
SELECT attribute, name FROM attribute ORDER BY attribute;
