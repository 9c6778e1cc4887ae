-- about: purchases as delivered: files, rows, the running state of each customer, rows set aside
-- A file's record. Rows of an accepted file are the numbers first_row .. last_row.
CREATE TABLE raw_file (
  file_id     INTEGER PRIMARY KEY,
  name        TEXT NOT NULL,           -- as given
  bytes       INTEGER NOT NULL,
  digest      TEXT NOT NULL,           -- BLAKE2b-256 of the bytes, as b2sum -l 256
  status      TEXT NOT NULL,           -- accepted, refused, aside (set aside whole: quar_file), discarded (so decided)
  encoding    TEXT NOT NULL,
  delimiter   TEXT NOT NULL,
  reading     TEXT NOT NULL,           -- JSON: which column is what, the date format
  has_money   INTEGER NOT NULL,
  read_rows   INTEGER NOT NULL,
  accepted    INTEGER NOT NULL,
  quarantined INTEGER NOT NULL,
  left_out    INTEGER NOT NULL DEFAULT 0,  -- of those quarantined: by a rule of the mapping; the gate does not count them
  duplicate   INTEGER NOT NULL,
  replaced    INTEGER NOT NULL DEFAULT 0,  -- rows once accepted whose place the rows of another file took (raw_replaced)
  late        INTEGER NOT NULL DEFAULT 0,  -- of those accepted: older than the newest day that the store had before
  corrected   INTEGER NOT NULL DEFAULT 0,  -- of the duplicates: rows whose key was known with other content, and that took that row's place
  blank       INTEGER NOT NULL,
  refunds     INTEGER NOT NULL DEFAULT 0,
  customers   INTEGER NOT NULL DEFAULT 0,  -- distinct ids among accepted rows
  revenue_minor INTEGER,               -- net of accepted rows; NULL without money
  first_day   INTEGER,
  last_day    INTEGER,                 -- last accepted purchase day
  first_row   INTEGER,
  last_row    INTEGER,
  overlap     INTEGER NOT NULL DEFAULT 0,  -- accepted rows that an earlier file has, too (unkeyed data: reported, kept)
  key_name    TEXT NOT NULL DEFAULT '',    -- what makes a row the one it is; '': nothing does
  imported_at TEXT NOT NULL,
  seconds     REAL NOT NULL,
  note        TEXT,
  CHECK (read_rows = accepted + replaced + quarantined + duplicate + blank)
) STRICT;
CREATE UNIQUE INDEX raw_file_by_digest ON raw_file(digest) WHERE status = 'accepted';

-- Accepted rows in file order: a row is a block of them, a cell a column of theirs. The view raw_transaction shows them one
-- by one. A blob holds the width w of a number in bytes (1 byte), the least number (8 bytes) and w bytes a row, little endian:
-- 0 where there is none, otherwise 1 more than what the number is above the least. No index: see ARCHITECTURE.md, "From a
-- file to a ranking".
CREATE TABLE raw_block (
  first_row    INTEGER PRIMARY KEY,    -- number of the first row; a block never holds rows of two files
  rows         INTEGER NOT NULL,       -- 1 to 4096
  customer     BLOB NOT NULL,          -- raw_customer.customer
  day          BLOB NOT NULL,          -- days since 1970-01-01
  amount_minor BLOB NOT NULL,          -- none: no money in this data; negative: refund
  file_id      INTEGER NOT NULL,       -- whose rows these are: its own, or such that were released later; raw_file
  counts_on    BLOB NOT NULL           -- day on which the money counts; none: its own; -1: nowhere; -2: others took the row's place
) STRICT;

-- Keys of accepted rows of files that have one, block by block: n numbers of 8 bytes each, little end first. A key is a hash of the
-- row's key columns, a value one of its customer, day and amount.
CREATE TABLE raw_key (
  first_row INTEGER PRIMARY KEY,       -- as in raw_block
  file_id   INTEGER NOT NULL REFERENCES raw_file(file_id),
  key       BLOB NOT NULL,
  value     BLOB NOT NULL
) STRICT;

-- The running state of each customer (module/purchase), kept while importing.
CREATE TABLE raw_customer (
  customer     INTEGER PRIMARY KEY,    -- 1, 2, 3 ... in order of appearance
  customer_id  TEXT NOT NULL,
  first_day    INTEGER,                -- purchase days; NULL: none yet
  last_day     INTEGER,
  open_day     INTEGER NOT NULL,
  days         INTEGER NOT NULL,
  sales        INTEGER NOT NULL,
  refunds      INTEGER NOT NULL,
  open_minor   INTEGER NOT NULL,
  first_minor  INTEGER NOT NULL,
  before_minor INTEGER NOT NULL,
  total_minor  INTEGER NOT NULL,
  open_sale    INTEGER NOT NULL
) STRICT;

-- Rows set aside, with their bytes and every reason.
CREATE TABLE quar_row (
  quar_id     INTEGER PRIMARY KEY,
  file_id     INTEGER NOT NULL REFERENCES raw_file(file_id),
  line        INTEGER NOT NULL,        -- physical line where the record starts, from 1
  offset      INTEGER NOT NULL,        -- byte offset of the record
  raw         BLOB NOT NULL,
  raw_bytes   INTEGER NOT NULL,        -- length in the file; more than length(raw) when the record was over the limit
  reasons     TEXT NOT NULL,           -- codes, separated by ';', most important first
  customer_id TEXT,                    -- when it could be read
  rule_version INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'open',  -- open, fixed, released, discarded
  by_name     TEXT,
  why         TEXT,
  at          TEXT
) STRICT;
CREATE INDEX quar_row_by_file ON quar_row(file_id);
CREATE INDEX quar_row_by_state ON quar_row(state, reasons); -- what is open, by reason, without the rows

-- How many rows of a file each reason hit (a row with two reasons counts in both).
CREATE TABLE quar_reason (
  file_id INTEGER NOT NULL REFERENCES raw_file(file_id),
  code    TEXT NOT NULL,
  rows    INTEGER NOT NULL,
  PRIMARY KEY (file_id, code)
) STRICT, WITHOUT ROWID;
