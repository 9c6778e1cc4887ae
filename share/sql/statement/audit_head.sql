-- about: the last entry of the audit chain
SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1;
