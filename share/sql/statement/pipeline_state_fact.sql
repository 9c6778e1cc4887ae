-- about: the facts of the store that describe its purchases, for recipes
SELECT group_concat(key || '=' || value, ' ') FROM (SELECT key, value FROM store_fact WHERE key <> 'views' ORDER BY key);
