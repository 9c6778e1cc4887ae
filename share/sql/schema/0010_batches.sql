-- about: files as batches: the columns that each came with, files set aside whole
-- What an accepted file is compared by: its source and its name.
CREATE TABLE raw_layout (
  file_id INTEGER PRIMARY KEY REFERENCES raw_file(file_id),
  source  TEXT NOT NULL,               -- the mapping and its table, or the columns that were read, by role
  stem    TEXT NOT NULL                -- the letters of the file's name, without folder and ending; - for standard input
) STRICT;

CREATE TABLE raw_column (
  file_id INTEGER NOT NULL REFERENCES raw_file(file_id),
  place   INTEGER NOT NULL,            -- from 1
  name    TEXT NOT NULL,               -- of the header; the place where there is none
  role    TEXT NOT NULL,               -- customer, date, amount, quantity, price, currency, order, or ''
  type    TEXT NOT NULL,               -- number, date, text, mixed, '' without values, perhaps with its form: "date DD/MM/YYYY"
  needed  INTEGER NOT NULL,            -- the file was read by it
  PRIMARY KEY (file_id, place)
) STRICT, WITHOUT ROWID;

-- Files whose columns were not those expected: set aside before a row of theirs was read. Their bytes stay where they are.
CREATE TABLE quar_file (
  file_id     INTEGER PRIMARY KEY,     -- of its record in raw_file, which goes when the file is released
  name        TEXT NOT NULL,           -- as given
  path        TEXT NOT NULL,           -- from the root; '' for standard input
  copy        TEXT,                    -- a copy of its text beside the store; NULL: none was made
  bytes       INTEGER NOT NULL,
  digest      TEXT NOT NULL,           -- as raw_file.digest
  reasons     TEXT NOT NULL,           -- codes, separated by ';'
  sentence    TEXT NOT NULL,           -- the same for people
  policy      TEXT NOT NULL,           -- strict, additive, lenient
  against     TEXT NOT NULL,           -- what the columns were compared with
  difference  TEXT NOT NULL,           -- JSON: [{kind, column, was, now, stops}]
  expected    TEXT NOT NULL,           -- JSON: [{name, role, type, needed}]
  found       TEXT NOT NULL,           -- JSON, alike
  asked       TEXT NOT NULL,           -- JSON: the options of the import
  set_at      TEXT NOT NULL,
  state       TEXT NOT NULL DEFAULT 'aside', -- aside, released, discarded
  by_name     TEXT,
  why         TEXT,
  at          TEXT,
  released_as INTEGER                  -- raw_file.file_id of its rows
) STRICT;
CREATE INDEX quar_file_by_digest ON quar_file(digest);
