-- about: one more entry of the audit chain
INSERT INTO audit_entry (seq, at, kind, actor, payload, prev_hash, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7);
