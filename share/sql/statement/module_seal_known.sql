-- about: the seal of a fitted set as it was written, and as the audit chain has it since the set became champion
SELECT f.rows_digest,
       (SELECT json_extract(e.payload, '$.rows_digest') FROM decision_champion c JOIN audit_entry e ON e.seq = c.audit_seq
        WHERE c.set_id = f.set_id ORDER BY c.seq DESC LIMIT 1)
FROM fit_set f WHERE f.set_id = ?1;
