-- about: open a review
INSERT INTO drift_review (made, run_id, set_id, opened_at, reason) VALUES (?1, ?2, ?3, ?4, ?5);
