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
  ref     REAL NOT NULL,
  cur     REAL,                        -- NULL: the baseline was frozen by this execution
  PRIMARY KEY (made, scope, feature, bin)
) STRICT, WITHOUT ROWID;
