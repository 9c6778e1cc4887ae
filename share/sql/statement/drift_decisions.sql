-- about: what was decided on a review, in order
SELECT decision, by_name, login, host, reason, until, evidence, at, audit_seq
FROM decision_review
WHERE review_id = ?1
ORDER BY decision_id;
