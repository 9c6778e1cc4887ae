-- about: other contents for the keys of a block
UPDATE raw_key SET value = ?2 WHERE first_row = ?1
