-- about: the keys of all accepted rows of one key name
SELECT k.first_row, k.file_id, k.key, k.value
FROM raw_key k JOIN raw_file f ON f.file_id = k.file_id
WHERE f.key_name = ?1
ORDER BY k.first_row
