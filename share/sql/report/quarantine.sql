-- about: rows set aside, with every reason
-- reads: quar_row, raw_file
-- column: quar_id count - number for release and discard
-- column: line count - physical line where the record starts
-- column: customer_id personal - when it could be read
-- column: raw personal - the row as it came
-- column: offset count bytes where the record starts in the file
SELECT q.quar_id, f.name AS file, q.line, q.offset, q.reasons, q.state, q.customer_id, CAST(substr(q.raw, 1, 200) AS TEXT) AS raw,
       q.by_name, q.why, q.at
FROM quar_row q JOIN raw_file f ON f.file_id = q.file_id
ORDER BY q.quar_id
