-- about: is a review what the audit chain says was opened?
SELECT count(*)
FROM drift_review r
JOIN drift_run d ON d.made = r.made
JOIN audit_entry e ON e.kind = 'review' AND json_extract(e.payload, '$.state') = 'open' AND json_extract(e.payload, '$.review_id') = r.review_id
WHERE r.review_id = ?1 AND json_extract(e.payload, '$.run_id') = r.run_id AND json_extract(e.payload, '$.made') = r.made
  AND json_extract(e.payload, '$.champion_set') = r.set_id AND json_extract(e.payload, '$.opened_at') = r.opened_at
  AND json_extract(e.payload, '$.reason') = r.reason AND json_extract(e.payload, '$.drift_digest') = d.digest;
