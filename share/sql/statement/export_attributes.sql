-- about: the columns kept of customers: number, name, whether they are of people
SELECT attribute, name, personal FROM attribute ORDER BY attribute
