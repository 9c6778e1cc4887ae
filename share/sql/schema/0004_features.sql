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

-- Customers without features, by reason: 'no-purchase'.
CREATE TABLE feat_set_aside (
  made        INTEGER NOT NULL,
  customer    INTEGER NOT NULL,
  customer_id TEXT NOT NULL,
  reason      TEXT NOT NULL,
  PRIMARY KEY (made, customer)
) STRICT, WITHOUT ROWID;

-- The same history cut at the back-test day, and what happened after it.
CREATE TABLE feat_backtest (
  made         INTEGER NOT NULL,
  customer     INTEGER NOT NULL,
  frequency    INTEGER NOT NULL,
  recency      INTEGER NOT NULL,
  T            INTEGER NOT NULL,
  first_minor  INTEGER,
  repeat_minor INTEGER,
  spend_ok     INTEGER NOT NULL,
  hold_x       INTEGER NOT NULL,       -- purchase days in the holdout
  hold_minor   INTEGER,                -- net revenue in the holdout
  last_x       INTEGER NOT NULL,       -- purchase days in (cut - hold_days, cut], the first purchase day included
  last_minor   INTEGER,                -- net revenue in that window; NULL without money
  PRIMARY KEY (made, customer)
) STRICT, WITHOUT ROWID;

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
  revenue_minor INTEGER
) STRICT;
