-- about: columns of a file in its order
SELECT name, role, type, needed FROM raw_column WHERE file_id = ?1 ORDER BY place
