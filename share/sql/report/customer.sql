-- about: one customer, every number: show customer ID
-- reads: mart_customer_value, run_live_made, feat_customer, score_rank
-- param: id text optional the customer id, as in the file
-- param: rank int optional the rank in the live run instead: found by key, where the id is looked for among all
SELECT * FROM mart_customer_value
-- The rank first: the view is then read by its keys, not row by row.
WHERE rank = CASE WHEN :rank IS NOT NULL THEN :rank ELSE
  (SELECT r.rank FROM score_rank r
    WHERE r.made = (SELECT made FROM run_live_made WHERE stage = 'rank')
      AND r.customer = (SELECT customer FROM feat_customer
                         WHERE made = (SELECT made FROM run_live_made WHERE stage = 'features') AND customer_id = :id)) END
