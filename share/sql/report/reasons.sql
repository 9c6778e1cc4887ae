-- about: why rows were set aside: reasons by file, most frequent first
-- reads: quar_reason, raw_file
SELECT f.name AS file, r.code AS reason, r.rows, CAST(r.rows AS REAL) / nullif(f.read_rows, 0) AS share, f.status
FROM quar_reason r JOIN raw_file f ON f.file_id = r.file_id
ORDER BY r.rows DESC, f.file_id, r.code
