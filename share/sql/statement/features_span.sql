-- about: what the raw tables span: customers, first purchase day, last day with a row, money, decimals
SELECT coalesce(max(c.customer), 0), min(c.first_day), max(c.open_day),
       coalesce((SELECT min(f.has_money) FROM raw_file f WHERE f.status = 'accepted'), 0),
       coalesce((SELECT CAST(s.value AS INTEGER) FROM store_fact s WHERE s.key = 'decimals'), 2)
FROM raw_customer c;
