-- about: why rows were set aside: reasons over all files, most frequent first, and how much the first ones explain
-- reads: quar_reason, quar_row
-- column: rows count - set aside by it, alone or with others
-- column: share share - of all rows by all reasons
-- column: so_far share - the same of this reason and those above it
-- column: open count - of them, rows that nobody decided about
-- column: files count - with such rows
WITH
r AS (SELECT code, sum(rows) AS rows, count(*) AS files FROM quar_reason WHERE rows > 0 GROUP BY code),
o AS MATERIALIZED (SELECT ';' || reasons || ';' AS codes, count(*) AS n FROM quar_row WHERE state = 'open' GROUP BY reasons)
SELECT code AS reason, rows, CAST(rows AS REAL) / sum(rows) OVER () AS share,
       CAST(sum(rows) OVER (ORDER BY rows DESC, code ROWS UNBOUNDED PRECEDING) AS REAL) / sum(rows) OVER () AS so_far,
       coalesce((SELECT sum(n) FROM o WHERE instr(o.codes, ';' || r.code || ';') > 0), 0) AS open, files
FROM r
ORDER BY rows DESC, code
