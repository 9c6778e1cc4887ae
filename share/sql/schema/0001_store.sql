-- about: the store itself: facts, the audit chain, runs and their ledger, the champion
-- Facts of the store: currency, decimals, digest of the views.
CREATE TABLE store_fact (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The audit chain. Append-only by trigger; each entry holds the hash of the one before.
CREATE TABLE audit_entry (
  seq       INTEGER PRIMARY KEY,
  at        TEXT NOT NULL,            -- 2026-11-20T12:00:00Z
  kind      TEXT NOT NULL,
  actor     TEXT NOT NULL,
  payload   TEXT NOT NULL,            -- canonical JSON
  prev_hash TEXT NOT NULL,
  hash      TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;

-- One row a run.
CREATE TABLE run_run (
  run_id      INTEGER PRIMARY KEY,
  started_at  TEXT NOT NULL,
  finished_at TEXT,
  status      TEXT NOT NULL,          -- running, done, failed, cancelled, refused, interrupted (found running by the next writer)
  command     TEXT NOT NULL,
  as_of       INTEGER,                -- day
  seed        INTEGER NOT NULL,
  settings    TEXT NOT NULL,          -- canonical JSON
  program     TEXT NOT NULL,
  error       TEXT,
  audit_head  TEXT,
  audit_length INTEGER
) STRICT;

-- The ledger: one row for each execution of a stage. exec_id is the value of `made` in the rows it wrote.
CREATE TABLE run_stage (
  exec_id     INTEGER PRIMARY KEY,
  run_id      INTEGER NOT NULL REFERENCES run_run(run_id),
  stage       TEXT NOT NULL,
  status      TEXT NOT NULL,          -- done, held, fresh, skipped, failed, refused, cancelled
  reason      TEXT NOT NULL,          -- why it ran or not
  recipe      TEXT,                   -- what went in, canonical JSON; the plan's reasons are read from it
  fingerprint TEXT,                   -- SHA-256 of the recipe
  made        INTEGER,                -- execution whose rows count: exec_id, or the one held or found fresh; NULL after a failure
  output      TEXT,                   -- fingerprint of what came out; equals fingerprint unless held or imported
  rows_in     INTEGER NOT NULL DEFAULT 0,
  rows_out    INTEGER NOT NULL DEFAULT 0,
  seconds     REAL NOT NULL DEFAULT 0,
  started_at  TEXT NOT NULL,
  note        TEXT,
  error       TEXT
) STRICT;
CREATE INDEX run_stage_by_run ON run_stage(run_id);

-- Which execution each run uses for each stage: a fresh stage points to earlier rows.
CREATE TABLE run_output (
  run_id INTEGER NOT NULL REFERENCES run_run(run_id),
  stage  TEXT NOT NULL,
  made   INTEGER NOT NULL,
  PRIMARY KEY (run_id, stage)
) STRICT, WITHOUT ROWID;

-- The live run: moved by the last transaction of a run that ended well.
CREATE TABLE run_live (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  run_id   INTEGER NOT NULL REFERENCES run_run(run_id),
  previous INTEGER REFERENCES run_run(run_id)
) STRICT;

-- The champion: the last row. Append-only.
CREATE TABLE decision_champion (
  seq       INTEGER PRIMARY KEY,
  set_id    INTEGER NOT NULL,
  run_id    INTEGER NOT NULL,
  review_id INTEGER,
  at        TEXT NOT NULL,
  by_name   TEXT NOT NULL,
  reason    TEXT NOT NULL,
  audit_seq INTEGER NOT NULL REFERENCES audit_entry(seq)
) STRICT;
CREATE TRIGGER decision_champion_no_update BEFORE UPDATE ON decision_champion
BEGIN SELECT RAISE(ABORT, 'champions are appended, never changed'); END;
CREATE TRIGGER decision_champion_no_delete BEFORE DELETE ON decision_champion
BEGIN SELECT RAISE(ABORT, 'champions are never deleted'); END;
