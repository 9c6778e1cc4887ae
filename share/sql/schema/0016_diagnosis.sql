-- about: what a fit looks like beside the data: tests, laws of the customers, a map of the chance to be alive
-- How evenly customers buy: the last two gaps between purchase days of those with two, M = one over both.
CREATE TABLE feat_evenness (
  made      INTEGER PRIMARY KEY,
  customers INTEGER NOT NULL,          -- with two gaps
  spread    REAL                       -- mean of (M - 1/2)^2; NULL for nobody
) STRICT;

-- Numbers that judge a fit, each with what it says in words.
CREATE TABLE fit_check (
  set_id INTEGER NOT NULL REFERENCES fit_set(set_id),
  place  INTEGER NOT NULL,
  name   TEXT NOT NULL,                -- boundary, orders, holdout_orders, tracking_in, tracking_out, regularity, regularity_moments, correlation
  value  REAL,                         -- chi-square, mean error, k, correlation; NULL: not to be had
  low    REAL,                         -- 95 % interval, where there is one
  high   REAL,
  df     INTEGER,                      -- chi-square: degrees of freedom
  p      REAL,                         -- the chance of one as large without a cause
  n      INTEGER NOT NULL,             -- customers, or weeks, behind it
  verdict TEXT NOT NULL,               -- pass, warn
  words  TEXT NOT NULL,
  PRIMARY KEY (set_id, place)
) STRICT, WITHOUT ROWID;

-- How customers differ, by the fit: the law of their purchase rate and of their drop-out, in bins of equal width.
CREATE TABLE fit_density (
  set_id  INTEGER NOT NULL REFERENCES fit_set(set_id),
  law     TEXT NOT NULL,               -- rate, dropout
  place   INTEGER NOT NULL,
  low     REAL NOT NULL,
  high    REAL NOT NULL,
  share   REAL NOT NULL,               -- of customers in the bin
  density REAL NOT NULL,               -- share over width
  PRIMARY KEY (set_id, law, place)
) STRICT, WITHOUT ROWID;

-- Points of these laws: quantiles, and marks that say something to a merchant.
CREATE TABLE fit_point (
  set_id  INTEGER NOT NULL REFERENCES fit_set(set_id),
  law     TEXT NOT NULL,
  place   INTEGER NOT NULL,
  kind    TEXT NOT NULL,               -- quantile, mark
  label   TEXT NOT NULL,
  value   REAL NOT NULL,
  below   REAL NOT NULL,               -- share of customers below the value
  PRIMARY KEY (set_id, law, place)
) STRICT, WITHOUT ROWID;

-- The chance to be alive, and what is expected of the next horizon, by repeat purchases and by days since the last one: of the fitted
-- law for a customer as old as the oldest, and how many customers stand there.
CREATE TABLE fit_map (
  set_id     INTEGER NOT NULL REFERENCES fit_set(set_id),
  orders_low INTEGER NOT NULL,
  orders_high INTEGER,                 -- NULL: open
  since_low  INTEGER NOT NULL,
  since_high INTEGER NOT NULL,
  customers  INTEGER NOT NULL,
  p_alive    REAL,                     -- NULL: no such history
  expected   REAL,                     -- purchases in the next `horizon` days
  horizon    INTEGER NOT NULL,
  PRIMARY KEY (set_id, orders_low, since_low)
) STRICT, WITHOUT ROWID;
