-- about: a fact of the store
SELECT value FROM store_fact WHERE key = ?1
