-- about: the attributes of every customer; scanned, so by attribute and customer
SELECT attribute, customer, value, day FROM customer_attribute
