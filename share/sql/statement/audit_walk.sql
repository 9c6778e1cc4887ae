-- about: the audit chain from its first entry
SELECT seq, at, kind, actor, payload, prev_hash, hash FROM audit_entry ORDER BY seq;
