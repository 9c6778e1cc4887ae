-- about: the customers of the store in the profile of all files, from their running states
UPDATE raw_profile SET filled = c.rows, weighed = c.rows, different = c.customers, top = json_array(json_array(
    (SELECT customer_id FROM raw_customer WHERE sales + refunds = c.most ORDER BY customer LIMIT 1), c.most, 1))
FROM (SELECT coalesce(sum(sales + refunds), 0) AS rows, count(*) AS customers, max(sales + refunds) AS most
      FROM raw_customer WHERE sales + refunds > 0) AS c
WHERE file_id = 0 AND kept = 1 AND place = 1
