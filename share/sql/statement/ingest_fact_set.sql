-- about: a fact of the store, fixed at the first import
INSERT INTO store_fact (key, value) VALUES (?1, ?2)
ON CONFLICT (key) DO UPDATE SET value = excluded.value
