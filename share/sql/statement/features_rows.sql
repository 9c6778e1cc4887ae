-- about: rows up to a day; scanned, so in file order
SELECT customer, day, amount_minor
FROM raw_transaction
WHERE day <= ?1;
