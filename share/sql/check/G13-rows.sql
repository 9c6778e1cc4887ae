-- about: the running states of the import hold as many rows as there are
-- table: raw_customer
-- severity: stop
-- threshold: equal
-- sentence: the states of all customers count {counted} rows, there are {total}
-- todo: the store contradicts itself: 'doctor' checks it; import the files again into a new store
SELECT abs(counted - total) AS hits, total, counted
FROM (SELECT (SELECT coalesce(sum(sales + refunds), 0) FROM raw_customer) AS counted, (SELECT count(*) FROM raw_transaction) AS total);
