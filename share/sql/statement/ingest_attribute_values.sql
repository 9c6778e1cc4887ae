-- about: every value of every attribute; scanned, so by attribute and value
SELECT attribute, value, text FROM attribute_value
