-- about: all values of an attribute go, to be written anew
DELETE FROM attribute_value WHERE attribute = ?1;
