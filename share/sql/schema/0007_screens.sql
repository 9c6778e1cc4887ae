-- about: what people look at and no query could count in time: days of a shop, curves of a fit, histograms, moves
-- What each day brought up to the as-of day; days without a purchase day or a row are left out.
CREATE TABLE feat_day (
  made   INTEGER NOT NULL,
  day    INTEGER NOT NULL,
  buyers INTEGER NOT NULL,             -- customers with this purchase day
  fresh  INTEGER NOT NULL,             -- those of them whose first it is
  known  INTEGER,                      -- those for whom it is a repeat and who came by the back-test cut; NULL without one
  minor  INTEGER,                      -- net of all rows of the day, minor units; NULL without money
  PRIMARY KEY (made, day)
) STRICT, WITHOUT ROWID;

-- What was seen of all customers beside what the model expects of them. 'tracking': cumulative repeat purchases at the end of
-- week `place` since the first customer came, of the customers and by the parameters of the back-test. 'orders': customers with
-- `place` repeat purchases, the last place with that many or more, by the parameters that score.
CREATE TABLE fit_curve (
  set_id   INTEGER NOT NULL REFERENCES fit_set(set_id),
  curve    TEXT NOT NULL,
  place    INTEGER NOT NULL,
  day      INTEGER,                    -- tracking: last day of the week
  held     INTEGER NOT NULL,           -- 1: after the back-test cut, not seen by the fit
  actual   REAL NOT NULL,
  expected REAL NOT NULL,
  PRIMARY KEY (set_id, curve, place)
) STRICT, WITHOUT ROWID;

-- A watched feature in bins of round edges, before (the baseline) and now: shares of the customers on each side.
CREATE TABLE drift_histogram (
  made    INTEGER NOT NULL,
  scope   TEXT NOT NULL,
  feature TEXT NOT NULL,
  bin     INTEGER NOT NULL,            -- 1 is the lowest
  low     REAL,                        -- included; NULL: open
  high    REAL,                        -- excluded; NULL: open
  ref     REAL,                        -- NULL: the baseline has no customer of the scope
  cur     REAL,                        -- NULL: the baseline was frozen by this execution
  PRIMARY KEY (made, scope, feature, bin)
) STRICT, WITHOUT ROWID;

-- The live ranking summed up: tiers and named segments.
CREATE TABLE score_group (
  made      INTEGER NOT NULL,
  kind      TEXT NOT NULL,             -- tier, segment
  name      TEXT NOT NULL,
  place     INTEGER NOT NULL,          -- in the order of their best rank
  customers INTEGER NOT NULL,
  worth     REAL NOT NULL,             -- sum of what ranks
  clv       REAL,                      -- sum; NULL without money
  p_alive   REAL NOT NULL,             -- mean
  at_risk   REAL,                      -- sum; NULL without money
  PRIMARY KEY (made, kind, name)
) STRICT, WITHOUT ROWID;

-- Customers by where they were in the run that was live before, and where they are now; 'new' and 'gone' stand for not being there.
CREATE TABLE score_move (
  made         INTEGER NOT NULL,
  kind         TEXT NOT NULL,          -- tier, cluster
  before       TEXT NOT NULL,
  now          TEXT NOT NULL,
  before_run   INTEGER NOT NULL,
  customers    INTEGER NOT NULL,
  worth_before REAL NOT NULL,
  worth_now    REAL NOT NULL,
  PRIMARY KEY (made, kind, before, now)
) STRICT, WITHOUT ROWID;

-- The largest changes of worth between that run and this one, of customers in both.
CREATE TABLE score_moved (
  made        INTEGER NOT NULL,
  place       INTEGER NOT NULL,        -- 1 is the largest
  before_run  INTEGER NOT NULL,
  customer    INTEGER NOT NULL,
  customer_id TEXT NOT NULL,
  worth_a REAL NOT NULL, worth_b REAL NOT NULL,
  rank_a INTEGER NOT NULL, rank_b INTEGER NOT NULL,
  p_alive_a REAL NOT NULL, p_alive_b REAL NOT NULL,
  frequency_a INTEGER NOT NULL, frequency_b INTEGER NOT NULL,
  silent_a INTEGER NOT NULL, silent_b INTEGER NOT NULL, -- days since the last purchase
  value_a REAL, value_b REAL,          -- expected spend of a purchase
  PRIMARY KEY (made, place)
) STRICT, WITHOUT ROWID;

-- The customers with most at risk.
CREATE TABLE score_save (
  made        INTEGER NOT NULL,
  place       INTEGER NOT NULL,        -- 1 has most at risk
  customer    INTEGER NOT NULL,
  customer_id TEXT NOT NULL,
  rank        INTEGER NOT NULL,
  at_risk REAL NOT NULL, already_lost REAL, p_alive REAL NOT NULL, p_no_purchase REAL NOT NULL,
  silent      INTEGER NOT NULL,        -- days since the last purchase
  frequency   INTEGER NOT NULL,
  clv         REAL,
  PRIMARY KEY (made, place)
) STRICT, WITHOUT ROWID;
