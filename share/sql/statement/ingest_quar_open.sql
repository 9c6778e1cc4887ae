-- about: open rows in quarantine, file by file: those numbered in the JSON ?1, else of the file ?2 (0: any) with the reason ?4; with ?3 also
-- those that a mapping left out and nobody decided about; with ?5 none of refused files
SELECT quar_id, file_id, raw_bytes, raw, state = 'discarded' AS left_out
FROM quar_row
WHERE CASE WHEN ?1 IS NOT NULL THEN quar_id IN (SELECT value FROM json_each(?1)) ELSE ?2 = 0 OR file_id = ?2 END
  AND (?4 IS NULL OR instr(';' || reasons || ';', ';' || ?4 || ';') > 0)
  AND (state = 'open' OR (?3 AND state = 'discarded' AND at IS NULL))
  AND (NOT ?5 OR file_id IN (SELECT file_id FROM raw_file WHERE status = 'accepted'))
ORDER BY file_id, quar_id
