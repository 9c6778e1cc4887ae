-- about: every contract that was accepted, the live one of each entity last
-- reads: contract_version
-- column: version count - of the entity
-- column: live count - 1: the one that files are held to
-- column: digest text - SHA-256 of its text
-- column: audit_seq count - its entry in the audit chain
SELECT entity, version, version = max(version) OVER (PARTITION BY entity) AS live, name AS contract, by_name AS by, why, at, path, digest, audit_seq
FROM contract_version
ORDER BY entity, version
