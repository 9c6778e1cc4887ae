-- about: how regularly customers buy
-- Times between neighbouring purchase days of a customer: how many of so many days.
CREATE TABLE feat_gap (
  made   INTEGER NOT NULL,
  days   INTEGER NOT NULL,
  gaps   INTEGER NOT NULL,             -- up to the as-of day
  known  INTEGER,                      -- up to the back-test cut; NULL without one
  PRIMARY KEY (made, days)
) STRICT, WITHOUT ROWID;
