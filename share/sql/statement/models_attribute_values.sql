-- about: the values of an attribute, in order
SELECT value, text, CAST(number AS REAL) AS number FROM attribute_value WHERE attribute = ?1 ORDER BY value;
