-- about: reviews with their state: the last decision, or open
-- reads: drift_review, decision_review, fit_set
CREATE VIEW decision_now AS
SELECT r.review_id, r.run_id, r.made, r.set_id AS champion_set, r.opened_at, r.reason,
       (SELECT s.set_id FROM fit_set s WHERE s.review_id = r.review_id AND s.kind = 'candidate' ORDER BY s.set_id DESC LIMIT 1) AS candidate_set,
       coalesce(d.decision, 'open') AS state, d.by_name, d.reason AS decision_reason, d.until, d.at AS decided_at
FROM drift_review r
LEFT JOIN decision_review d ON d.decision_id = (SELECT max(x.decision_id) FROM decision_review x WHERE x.review_id = r.review_id);
