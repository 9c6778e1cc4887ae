-- about: make a fitted set the champion
INSERT INTO decision_champion (set_id, run_id, review_id, at, by_name, reason, audit_seq)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
