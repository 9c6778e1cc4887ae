-- about: the values of a field of the contract in the last accepted file that had it
SELECT f.name, s.rows, s.missing, s.numbers, s.mean, s.q25, s.median, s.q75
FROM raw_contract_spread s JOIN raw_file f ON f.file_id = s.file_id
WHERE s.field = ?1 AND f.status = 'accepted'
ORDER BY s.file_id DESC LIMIT 1;
