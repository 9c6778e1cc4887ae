-- about: the largest customer number, whether every file has money, decimals: for a sample of the past
SELECT coalesce((SELECT max(c.customer) FROM raw_customer c), 0),
       coalesce((SELECT min(f.has_money) FROM raw_file f WHERE f.status = 'accepted'), 0),
       coalesce((SELECT CAST(s.value AS INTEGER) FROM store_fact s WHERE s.key = 'decimals'), 2);
