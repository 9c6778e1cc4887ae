-- about: drift measures, reviews, decisions
-- The frozen baseline of a champion set: each feature's values of its drift population (sorted doubles, little endian; at most
-- 20,000 order statistics). Features of the whole base have "mix:" before their name.
CREATE TABLE drift_baseline (
  set_id  INTEGER NOT NULL,
  feature TEXT NOT NULL,
  as_of   INTEGER NOT NULL,
  window_days INTEGER NOT NULL,        -- of the cohort when it was frozen: later cohorts are as wide
  population TEXT NOT NULL,            -- in words
  n       INTEGER NOT NULL,            -- customers it stands for
  digest  TEXT NOT NULL,
  sorted_values BLOB NOT NULL,
  PRIMARY KEY (set_id, feature)
) STRICT, WITHOUT ROWID;

CREATE TABLE drift_feature (
  made    INTEGER NOT NULL,
  feature TEXT NOT NULL,
  scope   TEXT NOT NULL,               -- cohort (can alarm), mix (whole base, shown only), prediction
  type    TEXT NOT NULL,               -- count, days, money, share
  n_ref   INTEGER NOT NULL,
  n_cur   INTEGER NOT NULL,
  ks REAL, p REAL, q REAL, psi REAL, w1 REAL, w1_log REAL, js REAL,
  effect  REAL, threshold REAL,
  ref_median REAL, cur_median REAL,
  verdict TEXT NOT NULL,               -- baseline (just frozen), stable, notice, alarm, too-few
  sentence TEXT NOT NULL,              -- in plain units
  PRIMARY KEY (made, scope, feature)
) STRICT, WITHOUT ROWID;

-- One row an execution of the drift stage.
CREATE TABLE drift_run (
  made      INTEGER PRIMARY KEY,
  set_id    INTEGER NOT NULL,          -- champion measured
  as_of     INTEGER NOT NULL,
  baseline_as_of INTEGER NOT NULL,
  population TEXT NOT NULL,
  verdict   TEXT NOT NULL,             -- baseline, stable, notice, alarm, too-few
  accuracy  TEXT NOT NULL,             -- not_matured, matured
  matures_on INTEGER,                  -- day
  report    TEXT NOT NULL,             -- JSON: predictions, accuracy, mix
  digest    TEXT NOT NULL              -- of all that was measured
) STRICT;

-- A review is opened once and never changed; what people decide is in decision_review.
CREATE TABLE drift_review (
  review_id INTEGER PRIMARY KEY,
  made      INTEGER NOT NULL,          -- drift_run.made
  run_id    INTEGER NOT NULL,
  set_id    INTEGER NOT NULL,          -- champion at that time
  opened_at TEXT NOT NULL,
  reason    TEXT NOT NULL              -- in words
) STRICT;

CREATE TABLE decision_review (
  decision_id INTEGER PRIMARY KEY,
  review_id INTEGER NOT NULL REFERENCES drift_review(review_id),
  decision  TEXT NOT NULL,             -- approved, declined, deferred, superseded
  by_name   TEXT NOT NULL,
  login     TEXT NOT NULL,
  host      TEXT NOT NULL,
  reason    TEXT NOT NULL,
  until     INTEGER,                   -- deferred: day
  run_id    INTEGER NOT NULL,          -- the run that was confirmed
  evidence  TEXT NOT NULL,             -- digest of what was decided on
  at        TEXT NOT NULL,
  audit_seq INTEGER NOT NULL REFERENCES audit_entry(seq)
) STRICT;
CREATE TRIGGER decision_review_no_update BEFORE UPDATE ON decision_review
BEGIN SELECT RAISE(ABORT, 'decisions are appended, never changed'); END;
CREATE TRIGGER decision_review_no_delete BEFORE DELETE ON decision_review
BEGIN SELECT RAISE(ABORT, 'decisions are never deleted'); END;
