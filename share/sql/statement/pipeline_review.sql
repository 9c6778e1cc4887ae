-- about: the last review that waits for a decision
SELECT review_id AS id, state, reason, candidate_set, opened_at, until FROM decision_now
WHERE state IN ('open', 'deferred') ORDER BY review_id DESC LIMIT 1;
