-- about: rows up to a day, in file order
SELECT customer, day, amount_minor
FROM raw_transaction
WHERE day <= ?1
ORDER BY rowid;
