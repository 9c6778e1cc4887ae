-- about: the value of an attribute of each customer that has one
SELECT customer, value FROM customer_attribute WHERE attribute = ?1;
