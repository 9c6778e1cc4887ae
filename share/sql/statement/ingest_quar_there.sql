-- about: how many of the rows numbered in the JSON ?1 are in quarantine; without it, of the file ?2
SELECT count(*) FROM quar_row WHERE CASE WHEN ?1 IS NOT NULL THEN quar_id IN (SELECT value FROM json_each(?1)) ELSE file_id = ?2 END
