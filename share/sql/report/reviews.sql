-- about: reviews and what was decided
-- reads: decision_now
-- column: until day - deferred until
SELECT review_id, state, run_id, champion_set, candidate_set, opened_at, reason, by_name, decision_reason, until, decided_at
FROM decision_now
ORDER BY review_id DESC
