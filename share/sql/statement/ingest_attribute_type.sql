-- about: the type of an attribute and how its values are written
SELECT type || ' ' || form FROM attribute WHERE attribute = ?1;
