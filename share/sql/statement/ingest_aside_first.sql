-- about: the first file that is set aside, and how many are
SELECT file_id, name, sentence, (SELECT count(*) FROM quar_file WHERE state = 'aside') FROM quar_file WHERE state = 'aside' ORDER BY file_id LIMIT 1
