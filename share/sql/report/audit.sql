-- about: the audit chain, oldest first
-- reads: audit_entry
-- page: seq
SELECT seq, at, kind, actor, payload, prev_hash, hash
FROM audit_entry
ORDER BY seq
