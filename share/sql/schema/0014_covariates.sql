-- about: covariates and season of fitted models: what they were made from, their coefficients, and tests against other models
-- An attribute of customers as a fit encoded it.
CREATE TABLE fit_covariate (
  fit_id    INTEGER NOT NULL REFERENCES fit_model(fit_id),
  position  INTEGER NOT NULL,
  attribute TEXT NOT NULL,
  number    INTEGER NOT NULL,          -- 1: its value is the column; 0: a column a level
  reference TEXT NOT NULL,             -- of a category: the level without a column
  first     INTEGER NOT NULL,          -- its columns: fit_column.position first .. first + columns - 1
  columns   INTEGER NOT NULL,
  PRIMARY KEY (fit_id, position)
) STRICT, WITHOUT ROWID;

-- A column of numbers, one a customer: a number, or 1 for customers of a level and 0 for others.
CREATE TABLE fit_column (
  fit_id    INTEGER NOT NULL REFERENCES fit_model(fit_id),
  position  INTEGER NOT NULL,
  attribute TEXT NOT NULL,
  level     TEXT NOT NULL,             -- '' of a number
  mean      REAL NOT NULL,             -- over the customers of the fit; stands in where a number is missing
  spread    REAL NOT NULL,             -- standard deviation
  origin    REAL NOT NULL,             -- the parameters in fit_param are of a customer with this value
  PRIMARY KEY (fit_id, position)
) STRICT, WITHOUT ROWID;

-- A coefficient: its value stands in fit_param, behind the parameters of the model.
CREATE TABLE fit_effect (
  fit_id    INTEGER NOT NULL REFERENCES fit_model(fit_id),
  position  INTEGER NOT NULL,          -- of fit_param
  column    INTEGER NOT NULL,          -- fit_column.position
  process   INTEGER NOT NULL,          -- 1: of how often customers buy
  dropout   INTEGER NOT NULL,          -- 1: of how they drop out; both: one coefficient for both
  z         REAL,                      -- value / standard error
  p         REAL,                      -- two-sided, of no effect
  PRIMARY KEY (fit_id, position)
) STRICT, WITHOUT ROWID;

-- Likelihood-ratio tests against models that the fit contains or that contain it.
CREATE TABLE fit_test (
  fit_id    INTEGER NOT NULL REFERENCES fit_model(fit_id),
  position  INTEGER NOT NULL,
  against   TEXT NOT NULL,
  larger    INTEGER NOT NULL,          -- 1: the other model is the larger one
  df        INTEGER NOT NULL,
  loglik    REAL NOT NULL,             -- of the other model
  statistic REAL NOT NULL,
  p         REAL,                      -- of the smaller model being enough
  PRIMARY KEY (fit_id, position)
) STRICT, WITHOUT ROWID;

-- The season that a model's times run by: season days that a day of the year counts for; none without one.
CREATE TABLE fit_season (
  fit_id      INTEGER NOT NULL REFERENCES fit_model(fit_id),
  day_of_year INTEGER NOT NULL,        -- 1 .. 366, 29 February is the 60th
  weight      REAL NOT NULL,           -- the mean is 1
  PRIMARY KEY (fit_id, day_of_year)
) STRICT, WITHOUT ROWID;
