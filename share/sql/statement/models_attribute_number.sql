-- about: 1: the values of an attribute are numbers, or days
SELECT type <> 'text' FROM attribute WHERE name = ?1;
