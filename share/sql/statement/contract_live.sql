-- about: the live contract of an entity
SELECT version, path, text, digest, name, by_name, why, at FROM contract_version WHERE entity = ?1 ORDER BY version DESC LIMIT 1;
