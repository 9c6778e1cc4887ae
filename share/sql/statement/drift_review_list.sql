-- about: every review with its state, newest first
SELECT review_id, state, opened_at, run_id, champion_set, candidate_set, reason, by_name, decision_reason, until, decided_at
FROM decision_now
ORDER BY review_id DESC;
