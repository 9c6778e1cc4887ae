-- about: returns by month: how many, what of them was matched with a sale, in full, in part or not at all, and their sums
-- reads: raw_block, raw_file, raw_return, store_unit
-- column: month text - of the return's own day
-- column: returns count - rows with a negative amount
-- column: matched count - in full
-- column: partly count - their sales had less left than they take back
-- column: unmatched count - no sale was found
-- column: not_looked_at count - nothing says how their sale is found
-- column: amount money - of all returns
-- column: matched_amount money - of that, with a sale
WITH r AS (
  SELECT strftime('%Y-%m', u.v1 * 86400, 'unixepoch') AS month, u.v2 AS minor, m.matched_minor AS matched
  FROM raw_block b CROSS JOIN clv_unpack(b.rows, b.customer, b.day, b.amount_minor, b.counts_on) u
  LEFT JOIN raw_return m ON m.row = b.first_row + u.place
  WHERE u.v2 < 0 AND coalesce(u.v3, 0) > -2
    AND EXISTS (SELECT 1 FROM raw_file WHERE refunds > 0)) -- no file had any: no row is looked at
SELECT month, count(*) AS returns, coalesce(sum(matched = minor), 0) AS matched, coalesce(sum(matched < 0 AND matched > minor), 0) AS partly,
       coalesce(sum(matched = 0), 0) AS unmatched, sum(matched IS NULL) AS not_looked_at,
       sum(minor) / (SELECT scale FROM store_unit) AS amount, coalesce(sum(matched), 0) / (SELECT scale FROM store_unit) AS matched_amount
FROM r
GROUP BY month
ORDER BY month
