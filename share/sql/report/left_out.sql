-- about: what rules of mappings left out at the import, by file and rule: adjustments, bad debt, what is no product
-- reads: raw_left_out, raw_file, store_unit
-- column: rows count - as they came in; some may have been released since
-- column: amount money - of those with a readable amount
SELECT f.name AS file, l.rule, l.rows, CAST(l.rows AS REAL) / nullif(f.read_rows, 0) AS share,
       l.amount_minor / (SELECT scale FROM store_unit) AS amount
FROM raw_left_out l JOIN raw_file f ON f.file_id = l.file_id
ORDER BY f.file_id, l.rows DESC, l.rule
