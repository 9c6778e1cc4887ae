-- about: append what was decided on a review
INSERT INTO decision_review (review_id, decision, by_name, login, host, reason, until, run_id, evidence, at, audit_seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
