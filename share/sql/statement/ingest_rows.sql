-- about: accepted rows from one number to another
SELECT customer, day, amount_minor FROM raw_transaction WHERE rowid BETWEEN ?1 AND ?2
