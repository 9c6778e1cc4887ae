-- about: fitted models, scores, ranks, clusters
-- A set is what scores together: a purchase model, a spend model, and (once clustered) the cut points.
CREATE TABLE fit_set (
  set_id     INTEGER PRIMARY KEY,
  made       INTEGER NOT NULL,
  kind       TEXT NOT NULL,            -- initial, candidate, trial (the fit command)
  review_id  INTEGER,                  -- candidate: the review that asked for it
  created_at TEXT NOT NULL,
  as_of      INTEGER NOT NULL,
  period     TEXT NOT NULL,            -- day, week, month: unit of the parameters
  purchase_fit INTEGER,                -- fit_model.fit_id
  spend_fit  INTEGER,                  -- NULL: no money, or too few customers
  customers  INTEGER NOT NULL,
  features   TEXT NOT NULL,            -- fingerprint of the features it saw
  digest     TEXT NOT NULL,            -- of models, parameters and period
  rows_digest TEXT NOT NULL DEFAULT '' -- of every row of the set, here and in the tables fit_model to fit_calibration
) STRICT;

CREATE TABLE fit_model (
  fit_id     INTEGER PRIMARY KEY,
  set_id     INTEGER NOT NULL REFERENCES fit_set(set_id),
  role       TEXT NOT NULL,            -- purchase, spend, backtest-purchase, backtest-spend, trial
  model      TEXT NOT NULL,            -- bgnbd, mbgnbd, gg
  period     TEXT NOT NULL,
  as_of      INTEGER NOT NULL,         -- last day of the data it saw
  holdout_end INTEGER,
  status     TEXT NOT NULL,            -- converged, stalled, limit, runaway, nonfinite, refused
  message    TEXT NOT NULL,            -- why it stopped, runaway parameters named
  loglik     REAL,
  aic        REAL,
  bic        REAL,
  n          INTEGER NOT NULL,
  n_distinct INTEGER NOT NULL,
  iterations INTEGER NOT NULL,
  evaluations INTEGER NOT NULL,
  gradient_norm REAL,                  -- largest component, log scale
  hessian_condition REAL,
  seconds    REAL NOT NULL,
  options    TEXT NOT NULL             -- JSON: spend, starts ...
) STRICT;

CREATE TABLE fit_param (
  fit_id INTEGER NOT NULL REFERENCES fit_model(fit_id),
  position INTEGER NOT NULL,
  name   TEXT NOT NULL,
  value  REAL NOT NULL,
  se     REAL,                         -- NULL: not to be had
  low    REAL,                         -- 95 % interval
  high   REAL,
  PRIMARY KEY (fit_id, position)
) STRICT, WITHOUT ROWID;

-- Covariance of the log-parameters.
CREATE TABLE fit_covariance (
  fit_id INTEGER NOT NULL REFERENCES fit_model(fit_id),
  i INTEGER NOT NULL, j INTEGER NOT NULL, value REAL NOT NULL,
  PRIMARY KEY (fit_id, i, j)
) STRICT, WITHOUT ROWID;

-- Holdout metrics of the set's model and of the naive ones on the same customers.
CREATE TABLE fit_metric (
  set_id INTEGER NOT NULL REFERENCES fit_set(set_id),
  model  TEXT NOT NULL,                -- mbgnbd+gg, rate, hiatus, last_window ...
  target TEXT NOT NULL,                -- purchases, revenue
  metric TEXT NOT NULL,
  value  REAL,                         -- NULL: not defined on this data
  PRIMARY KEY (set_id, model, target, metric)
) STRICT, WITHOUT ROWID;

-- Holdout by group: decile of prediction ('decile') or calibration frequency ('frequency').
CREATE TABLE fit_calibration (
  set_id INTEGER NOT NULL REFERENCES fit_set(set_id),
  target TEXT NOT NULL,
  grouping TEXT NOT NULL,
  bin INTEGER NOT NULL,
  label TEXT NOT NULL,
  customers INTEGER NOT NULL,
  actual REAL NOT NULL,                -- mean a customer
  predicted REAL NOT NULL,
  PRIMARY KEY (set_id, target, grouping, bin)
) STRICT, WITHOUT ROWID;

-- Cut points of a set's clusters, made by its first scoring and kept: cluster 1 is the lowest; upper is exclusive, in units of
-- worth, NULL for the last. k is how many were asked for; another cluster.k cuts anew.
CREATE TABLE fit_cut (
  set_id  INTEGER NOT NULL REFERENCES fit_set(set_id),
  cluster INTEGER NOT NULL,
  upper   REAL,
  k       INTEGER NOT NULL,
  PRIMARY KEY (set_id, cluster)
) STRICT, WITHOUT ROWID;

CREATE TABLE score_customer (
  made        INTEGER NOT NULL,
  customer    INTEGER NOT NULL,
  p_alive     REAL NOT NULL,
  expected_purchases REAL NOT NULL,    -- in the horizon
  expected_30d REAL NOT NULL,          -- purchases in the next 30 days
  p_no_purchase REAL NOT NULL,         -- in the horizon
  expected_value REAL,                 -- spend of a purchase, major units; NULL without money
  clv         REAL,                    -- discounted, over the horizon; NULL without money
  clv_low     REAL,                    -- 10 % and 90 % quantiles of the realised discounted value
  clv_high    REAL,
  at_risk     REAL,                    -- what stopping the drop-out expected in the horizon would keep
  already_lost REAL,                   -- what the model believes is gone
  worth       REAL NOT NULL,           -- what ranks: clv, or discounted expected purchases without money
  PRIMARY KEY (made, customer)
) STRICT, WITHOUT ROWID;

-- Totals over all customers, with 80 % intervals where there is one.
CREATE TABLE score_total (
  made INTEGER NOT NULL,
  name TEXT NOT NULL,                  -- customers, expected_purchases, clv, at_risk, already_lost ...
  value REAL,
  low REAL,
  high REAL,
  unit TEXT NOT NULL,
  PRIMARY KEY (made, name)
) STRICT, WITHOUT ROWID;

-- Percentile, top share and tier follow from the rank and how many there are: mart_value_rank says how.
CREATE TABLE score_rank (
  made       INTEGER NOT NULL,
  rank       INTEGER NOT NULL,         -- 1 is best; unique
  customer   INTEGER NOT NULL,
  r INTEGER NOT NULL, f INTEGER NOT NULL, m INTEGER,  -- quintile scores, 5 is best
  rfm_segment TEXT NOT NULL,
  PRIMARY KEY (made, rank)
) STRICT, WITHOUT ROWID;

-- Clusters of predicted value are ranges of ranks.
CREATE TABLE score_cluster (
  made       INTEGER NOT NULL,
  cluster_id INTEGER NOT NULL,         -- 1 is the lowest value
  cluster_rank INTEGER NOT NULL,       -- 1 is the highest median
  rank_from  INTEGER NOT NULL,
  rank_to    INTEGER NOT NULL,
  customers  INTEGER NOT NULL,
  customer_share REAL NOT NULL,
  total      REAL NOT NULL,            -- of worth
  total_share REAL NOT NULL,
  mean REAL NOT NULL, median REAL NOT NULL, low REAL NOT NULL, high REAL NOT NULL,
  median_frequency REAL NOT NULL, median_recency REAL NOT NULL, median_monetary REAL,
  PRIMARY KEY (made, cluster_id)
) STRICT, WITHOUT ROWID;
