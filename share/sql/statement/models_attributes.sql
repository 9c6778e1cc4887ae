-- about: names of the attributes of customers
SELECT name FROM attribute ORDER BY name;
