-- about: RFM-T per customer as of a day, and at the back-test cut
CREATE TABLE feat_customer (
  made           INTEGER NOT NULL,
  customer       INTEGER NOT NULL,
  customer_id    TEXT NOT NULL,
  frequency      INTEGER NOT NULL,     -- purchase days less the first
  recency        INTEGER NOT NULL,     -- last less first purchase day, days
  T              INTEGER NOT NULL,     -- as-of less first purchase day, days
  monetary_value REAL,                 -- mean net spend of repeat purchase days, major units; 0 without repeats; NULL: no money, or set aside
  first_purchase INTEGER NOT NULL,     -- day
  last_purchase  INTEGER NOT NULL,     -- day
  first_minor    INTEGER,              -- net of the first purchase day
  repeat_minor   INTEGER,              -- net repeat spend
  revenue_minor  INTEGER,              -- net of all rows
  orders         INTEGER NOT NULL,     -- sale rows
  refunds        INTEGER NOT NULL,
  set_aside      TEXT,                 -- code when the spend model cannot take the customer: 'repeat-spend'
  PRIMARY KEY (made, customer)
) STRICT, WITHOUT ROWID;

-- Customers without features, by reason: 'no-purchase', 'before-cohort'.
CREATE TABLE feat_set_aside (
  made        INTEGER NOT NULL,
  customer    INTEGER NOT NULL,
  customer_id TEXT NOT NULL,
  reason      TEXT NOT NULL,
  PRIMARY KEY (made, customer)
) STRICT, WITHOUT ROWID;

-- The same history cut at the back-test day, and what happened after it: a row is a block of customers, a cell a column of
-- theirs. A blob holds one number a customer, little endian: 8 bytes in columns of minor units (0 without money), 1 byte in
-- spend_ok, 4 bytes in the others.
CREATE TABLE feat_backtest (
  made         INTEGER NOT NULL,
  block        INTEGER NOT NULL,       -- 0, 1, 2 ...
  rows         INTEGER NOT NULL,       -- customers in the block
  customer     BLOB NOT NULL,          -- ascending, over the blocks too
  frequency    BLOB NOT NULL,
  recency      BLOB NOT NULL,
  T            BLOB NOT NULL,
  first_minor  BLOB NOT NULL,
  repeat_minor BLOB NOT NULL,
  spend_ok     BLOB NOT NULL,
  hold_x       BLOB NOT NULL,          -- purchase days in the holdout
  hold_minor   BLOB NOT NULL,          -- net revenue in the holdout
  last_x       BLOB NOT NULL,          -- purchase days in (cut - hold_days, cut], the first purchase day included
  last_minor   BLOB NOT NULL,          -- net revenue in that window
  PRIMARY KEY (made, block)
) STRICT;

-- One row an execution: windows and totals.
CREATE TABLE feat_window (
  made         INTEGER PRIMARY KEY,
  as_of        INTEGER NOT NULL,       -- day
  first_day    INTEGER NOT NULL,
  cut          INTEGER,                -- back-test: last day of the calibration; NULL when the history is too short
  hold_days    INTEGER,
  customers    INTEGER NOT NULL,       -- rows of feat_customer
  set_aside    INTEGER NOT NULL,       -- no-purchase
  spend_aside  INTEGER NOT NULL,       -- repeat-spend
  has_money    INTEGER NOT NULL,
  decimals     INTEGER NOT NULL,
  revenue_minor INTEGER,
  cohort_from  INTEGER,                -- day: who first bought before it is set aside; NULL: everybody counts
  cohort_aside INTEGER NOT NULL        -- before-cohort
) STRICT;
