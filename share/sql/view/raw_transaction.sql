-- about: one row an accepted line that counts, in file order: the blocks of raw_block, unpacked; clv reads it, other programs lack clv_unpack
-- reads: raw_block
-- column: row count - its number; those of a file are raw_file.first_row to last_row
-- column: customer count - number of the customer in raw_customer
-- column: day day - on which it counts: a return may count on the day of its sale (import.returns)
-- column: amount_minor money - minor units; missing: no money in this data; negative: refund
-- column: came day - of the row itself
CREATE VIEW raw_transaction AS
SELECT b.first_row + u.place AS row, u.v0 AS customer, coalesce(u.v3, u.v1) AS day, u.v2 AS amount_minor, u.v1 AS came
FROM raw_block b CROSS JOIN clv_unpack(b.rows, b.customer, b.day, b.amount_minor, b.counts_on) u
WHERE coalesce(u.v3, 0) >= 0;
