-- about: what the columns of accepted files held when they were taken in
-- One row a column of a file, and one of each kept value of its accepted rows; file_id 0 has all accepted files together, by name.
-- Every row of the file with as many fields as its header is counted, set aside or not. What stands from `weighed` on is told from a
-- part of the rows in large files.
CREATE TABLE raw_profile (
  file_id     INTEGER NOT NULL,
  kept        INTEGER NOT NULL,        -- 1: customer, day, amount of the accepted rows; 0: a column of the file
  place       INTEGER NOT NULL,        -- of the column in the file, from 1
  name        TEXT NOT NULL,           -- from the header; "column 3" without one
  role        TEXT,                    -- what the import took it for: customer, date, amount, quantity, price, currency, order
  type        TEXT,                    -- number, whole, date, text; NULL without values
  shape       TEXT NOT NULL,           -- empty, constant, key (no value twice), category, date, number, text
  filled      INTEGER NOT NULL,        -- rows with a value
  missing     INTEGER NOT NULL,        -- rows without
  different   INTEGER NOT NULL,        -- values
  different_error REAL NOT NULL,       -- relative standard error of that; 0: exact
  weighed     INTEGER NOT NULL,        -- rows with a value that the rest is told from
  mean        REAL,                    -- numbers as written; dates as days since 1970-01-01; NULL for texts
  low         REAL,
  p05         REAL,
  p25         REAL,
  p50         REAL,
  p75         REAL,
  p95         REAL,
  high        REAL,
  grid        TEXT,                    -- JSON: the quantiles 0, 0.01 ... 1
  top         TEXT NOT NULL,           -- JSON [[value, rows, exact]]: most frequent first; 0: at least, or in proportion; of columns named for people: none
  first_month INTEGER,                 -- since 1970-01; NULL: no row has a date
  months      TEXT NOT NULL,           -- JSON: rows with a value by month from then on
  month_rows  TEXT NOT NULL,           -- JSON: all rows by month
  sketch      BLOB,                    -- of file_id 0: the different values, to add the next file's
  PRIMARY KEY (file_id, kept, place)
) STRICT, WITHOUT ROWID;
