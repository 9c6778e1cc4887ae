-- about: what a model got wrong in its own past, and what its forecasts are corrected by
-- A calibration: of the set that scores, or of the fit of its back-test. A set without one has no row.
CREATE TABLE fit_level (
  set_id    INTEGER NOT NULL REFERENCES fit_set(set_id),
  role      TEXT NOT NULL,             -- scores, backtest
  kind      TEXT NOT NULL,             -- level, isotonic
  horizon   INTEGER NOT NULL,          -- days it is meant for
  purchases REAL NOT NULL,             -- factor of expected purchases; 1: left alone
  purchases_se REAL,                   -- standard error of its logarithm
  value     REAL NOT NULL,             -- factor of the spend of a purchase
  value_se  REAL,
  low       REAL NOT NULL,             -- levels of the law that held 10 % and 90 % of what came
  high      REAL NOT NULL,
  scale     REAL NOT NULL,             -- isotonic: mean expected purchases of a customer in the horizon
  why       TEXT NOT NULL,
  PRIMARY KEY (set_id, role)
) STRICT, WITHOUT ROWID;

-- Its curves: 'count' of expected purchases over their mean, 'buys' of the chance of buying again.
CREATE TABLE fit_level_curve (
  set_id INTEGER NOT NULL REFERENCES fit_set(set_id),
  role   TEXT NOT NULL,
  curve  TEXT NOT NULL,
  place  INTEGER NOT NULL,
  at     REAL NOT NULL,
  value  REAL NOT NULL,
  PRIMARY KEY (set_id, role, curve, place)
) STRICT, WITHOUT ROWID;

-- The inner back-tests behind it: totals over a sample of customers.
CREATE TABLE fit_origin (
  set_id    INTEGER NOT NULL REFERENCES fit_set(set_id),
  role      TEXT NOT NULL,
  cut       INTEGER NOT NULL,          -- last day that the fit saw
  hold_days INTEGER NOT NULL,          -- days after it that it was held against
  customers INTEGER NOT NULL,
  status    TEXT NOT NULL,             -- of the fit; only a converged one is used
  used      INTEGER NOT NULL,
  actual    REAL NOT NULL,             -- purchases
  predicted REAL NOT NULL,
  buying    REAL NOT NULL,             -- customers who bought
  buying_predicted REAL NOT NULL,
  revenue   REAL,                      -- NULL without money
  revenue_predicted REAL,
  PRIMARY KEY (set_id, role, cut)
) STRICT, WITHOUT ROWID;
