-- about: the running states of the import hold as many rows as there are, but for those that gave way to others
-- table: raw_customer
-- severity: stop
-- threshold: equal
-- bind: counted
-- sentence: the states of all customers count {counted} rows, there are {total}
-- todo: the store contradicts itself: 'doctor' checks it; import the files again into a new store
SELECT abs(?1 - total) AS hits, total
FROM (SELECT coalesce(sum(rows), 0) - coalesce((SELECT sum(rows) FROM raw_replaced), 0) AS total FROM raw_block);
