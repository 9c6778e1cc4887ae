-- about: the last accepted file of a source: of the same reading, or, where ?2 is given, of a name like it
SELECT l.file_id, f.name, l.source FROM raw_layout l JOIN raw_file f ON f.file_id = l.file_id
WHERE f.status = 'accepted' AND (l.source = ?1 OR (?2 <> '' AND l.stem = ?2 AND l.source NOT GLOB 'mapping *'))
ORDER BY l.file_id DESC LIMIT 1
