-- about: a file set aside, or discarded
SELECT name, path, copy, digest, state, sentence, asked, difference, expected, found, policy, against, set_at, by_name, why, at, bytes, reasons
FROM quar_file WHERE file_id = ?1
