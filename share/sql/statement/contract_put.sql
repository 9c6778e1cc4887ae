-- about: make a contract the live one of its entity
INSERT INTO contract_version (entity, version, name, path, text, digest, by_name, why, at, audit_seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
