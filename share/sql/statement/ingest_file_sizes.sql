-- about: is there a file, accepted, set aside or discarded, of that many bytes
SELECT count(*) FROM raw_file WHERE bytes = ?1 AND status IN ('accepted', 'aside', 'discarded')
