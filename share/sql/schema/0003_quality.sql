-- about: results of checks and verdicts of gates
CREATE TABLE qc_result (
  made      INTEGER NOT NULL,
  check_id  TEXT NOT NULL,             -- "G3-customers"
  table_name TEXT NOT NULL,
  severity  TEXT NOT NULL,             -- warn, stop
  verdict   TEXT NOT NULL,             -- pass, warn, stop, skip
  hits      INTEGER NOT NULL,          -- rows that broke the rule
  total     INTEGER NOT NULL,
  threshold TEXT NOT NULL,             -- for people: "at least 95 %"
  sentence  TEXT NOT NULL,             -- what was found, in words
  examples  TEXT NOT NULL,             -- JSON array of texts
  PRIMARY KEY (made, check_id)
) STRICT, WITHOUT ROWID;

-- One verdict per gated table and the execution that wrote it. Training reads only behind a 'pass'.
CREATE TABLE qc_gate (
  table_name TEXT NOT NULL,
  made       INTEGER NOT NULL,
  verdict    TEXT NOT NULL,            -- pass, warn, stop
  as_of      INTEGER,                  -- day
  rows       INTEGER NOT NULL,
  at         TEXT NOT NULL,
  PRIMARY KEY (table_name, made)
) STRICT, WITHOUT ROWID;
