-- about: open rows in quarantine: one, or all of a file; with ?3 also those that a mapping left out and nobody decided about
SELECT quar_id, file_id, raw_bytes, raw, state = 'discarded' AS left_out
FROM quar_row
WHERE (quar_id = ?1 OR file_id = ?2) AND (state = 'open' OR (?3 AND state = 'discarded' AND at IS NULL))
ORDER BY quar_id
