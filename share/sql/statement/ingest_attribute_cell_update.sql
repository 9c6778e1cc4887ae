-- about: another value of an attribute for a customer who has one
UPDATE customer_attribute SET value = ?3, day = ?4 WHERE attribute = ?1 AND customer = ?2;
