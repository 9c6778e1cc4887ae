-- about: rows up to a day of a range of customers; scanned, so in file order
SELECT customer, day, amount_minor
FROM raw_transaction
WHERE day <= ?1 AND customer BETWEEN ?2 AND ?3;
