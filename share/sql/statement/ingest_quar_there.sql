-- about: is there such a row, or a file with rows, in quarantine
SELECT count(*) FROM quar_row WHERE CASE WHEN ?1 <> 0 THEN quar_id = ?1 ELSE file_id = ?2 END
