-- about: the file of that content that is set aside or was discarded, unless it is the one being released (?2)
SELECT file_id, name, state, sentence, set_at, by_name, why, at FROM quar_file
WHERE digest = ?1 AND state <> 'released' AND file_id <> ?2
ORDER BY state = 'aside' DESC, file_id DESC LIMIT 1
