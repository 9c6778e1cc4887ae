-- about: the number of an attribute
SELECT attribute FROM attribute WHERE name = ?1;
