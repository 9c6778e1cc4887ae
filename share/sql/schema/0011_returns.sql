-- about: returns and the sales they belong to, rows whose place others took, what rules of mappings left out
-- What a return and its sale have in common, block by block as raw_block: two hashes of 8 bytes a row, of the order that it belongs to
-- and of the columns that both have alike. Only for files whose mapping has `returns`.
CREATE TABLE raw_match (
  first_row INTEGER PRIMARY KEY,       -- as in raw_block
  keys      BLOB NOT NULL
) STRICT;

-- Accepted rows with a negative amount that were looked at for their sale. A file that is taken in later changes them.
CREATE TABLE raw_return (
  row           INTEGER PRIMARY KEY,   -- its number, as in raw_transaction
  customer      INTEGER NOT NULL,
  day           INTEGER NOT NULL,      -- its own
  amount_minor  INTEGER NOT NULL,      -- below 0
  matched_minor INTEGER NOT NULL,      -- of that: what its sales had left; 0: unmatched; amount_minor: matched in full
  matched_by    TEXT,                  -- order, columns, amount; NULL: unmatched
  sale_row      INTEGER,               -- the latest sale of it
  sale_day      INTEGER
) STRICT;
CREATE INDEX raw_return_by_customer ON raw_return(customer);

-- Rows that the rows of another file replaced (import --replace-range): they stay in raw_block and count no more.
CREATE TABLE raw_replaced (
  file_id      INTEGER NOT NULL REFERENCES raw_file(file_id),
  by_file      INTEGER NOT NULL REFERENCES raw_file(file_id),
  from_day     INTEGER NOT NULL,
  to_day       INTEGER NOT NULL,
  rows         INTEGER NOT NULL,
  amount_minor INTEGER,                -- their sum; NULL: no money
  by_name      TEXT NOT NULL,
  why          TEXT NOT NULL,
  at           TEXT NOT NULL
) STRICT;
CREATE INDEX raw_replaced_by_file ON raw_replaced(file_id);

-- Rows that a rule of a mapping left out, and what they add up to.
CREATE TABLE raw_left_out (
  file_id      INTEGER NOT NULL REFERENCES raw_file(file_id),
  rule         TEXT NOT NULL,
  rows         INTEGER NOT NULL,
  amount_minor INTEGER,                -- of those with a readable amount; NULL: of none
  PRIMARY KEY (file_id, rule)
) STRICT, WITHOUT ROWID;
