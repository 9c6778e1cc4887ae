-- about: contracts: what the files of an entity are held to
-- Every contract that was accepted, with its text; the last of an entity is live. Append-only.
CREATE TABLE contract_version (
  entity    TEXT NOT NULL,            -- orders
  version   INTEGER NOT NULL,         -- 1, 2, 3 ... of the entity
  name      TEXT NOT NULL,            -- the contract's own name
  path      TEXT NOT NULL,            -- the file it came from
  text      TEXT NOT NULL,            -- the file's content
  digest    TEXT NOT NULL,            -- SHA-256 of it
  by_name   TEXT NOT NULL,
  why       TEXT NOT NULL,
  at        TEXT NOT NULL,            -- 2026-11-20T12:00:00Z
  audit_seq INTEGER NOT NULL REFERENCES audit_entry(seq),
  PRIMARY KEY (entity, version)
) STRICT;
CREATE TRIGGER contract_version_no_update BEFORE UPDATE ON contract_version
BEGIN SELECT RAISE(ABORT, 'contracts are appended, never changed'); END;
CREATE TRIGGER contract_version_no_delete BEFORE DELETE ON contract_version
BEGIN SELECT RAISE(ABORT, 'contracts are never deleted'); END;
