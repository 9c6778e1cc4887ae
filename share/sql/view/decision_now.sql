-- about: reviews with their state: the last decision, or open
-- reads: drift_review, decision_review, fit_set
-- column: review_id count - number of the review
-- column: run_id count - run that opened it
-- column: made count - drift_run.made
-- column: champion_set count - champion at that time
-- column: opened_at text - moment, UTC
-- column: reason text - why it was opened, in words
-- column: candidate_set count - the newest candidate fitted for it; missing: none yet
-- column: state text - open, approved, declined, deferred, superseded
-- column: by_name text - who decided
-- column: decision_reason text - why
-- column: until day - of a deferral
-- column: decided_at text - moment, UTC
CREATE VIEW decision_now AS
SELECT r.review_id, r.run_id, r.made, r.set_id AS champion_set, r.opened_at, r.reason,
       (SELECT s.set_id FROM fit_set s WHERE s.review_id = r.review_id AND s.kind = 'candidate' ORDER BY s.set_id DESC LIMIT 1) AS candidate_set,
       coalesce(d.decision, 'open') AS state, d.by_name, d.reason AS decision_reason, d.until, d.at AS decided_at
FROM drift_review r
LEFT JOIN decision_review d ON d.decision_id = (SELECT max(x.decision_id) FROM decision_review x WHERE x.review_id = r.review_id);
