-- about: the value of each customer, in customer order
SELECT c.customer, v.text
FROM customer_attribute c CROSS JOIN attribute_value v ON v.attribute = c.attribute AND v.value = c.value
WHERE c.attribute = ?1
ORDER BY c.customer
