-- about: the seal of a fitted set as it was written, and as the audit chain has it: of a champion, or of a candidate
SELECT f.rows_digest,
       coalesce((SELECT json_extract(e.payload, '$.rows_digest') FROM decision_champion c JOIN audit_entry e ON e.seq = c.audit_seq
                 WHERE c.set_id = f.set_id ORDER BY c.seq DESC LIMIT 1),
                (SELECT json_extract(e.payload, '$.rows_digest') FROM audit_entry e
                 WHERE e.kind = 'review' AND json_extract(e.payload, '$.state') = 'candidate'
                   AND json_extract(e.payload, '$.set_id') = f.set_id))
FROM fit_set f WHERE f.set_id = ?1;
