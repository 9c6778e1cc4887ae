-- about: accepted rows from one number to another, in file order
SELECT customer, day, amount_minor FROM raw_transaction WHERE rowid BETWEEN ?1 AND ?2 ORDER BY rowid
