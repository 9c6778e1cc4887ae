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

-- What the contract's checks of rows found in a file, and how a field's values compare with those of the file before.
CREATE TABLE raw_contract (
  file_id  INTEGER NOT NULL REFERENCES raw_file(file_id),
  check_id TEXT NOT NULL,             -- "status.accepted"
  version  INTEGER NOT NULL,          -- of the contract of orders
  severity TEXT NOT NULL,             -- warn, quarantine, stop
  verdict  TEXT NOT NULL,             -- pass, warn, stop
  looked   INTEGER NOT NULL,          -- rows that the check is about
  failing  INTEGER NOT NULL,
  line     INTEGER,                   -- of the first that fails
  example  TEXT,                      -- its value
  sentence TEXT NOT NULL,
  PRIMARY KEY (file_id, check_id)
) STRICT, WITHOUT ROWID;

-- What the values of a field of the contract are like, for those whose distribution it watches.
CREATE TABLE raw_contract_spread (
  file_id INTEGER NOT NULL REFERENCES raw_file(file_id),
  field   TEXT NOT NULL,
  rows    INTEGER NOT NULL,
  missing INTEGER NOT NULL,
  numbers INTEGER NOT NULL,           -- values that are numbers
  mean    REAL,
  q25     REAL,
  median  REAL,
  q75     REAL,
  PRIMARY KEY (file_id, field)
) STRICT, WITHOUT ROWID;
