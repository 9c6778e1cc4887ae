-- about: a customer id that begins like ?1, or that ?1 begins with
SELECT f.customer_id FROM feat_customer f
WHERE f.made = (SELECT made FROM run_live_made WHERE stage = 'features')
  AND (f.customer_id LIKE replace(replace(?1, '%', ''), '_', '') || '%' OR f.customer_id = ltrim(?1, '0') OR ltrim(f.customer_id, '0') = ltrim(?1, '0'))
ORDER BY length(f.customer_id), f.customer_id LIMIT 1
