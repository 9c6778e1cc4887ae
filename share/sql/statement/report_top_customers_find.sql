-- about: the live rank of one customer, by two reads of narrow tables
SELECT rank FROM score_rank
WHERE made = (SELECT made FROM run_live_made WHERE stage = 'rank')
  AND customer = (SELECT customer FROM feat_customer
                  WHERE made = (SELECT made FROM run_live_made WHERE stage = 'features') AND customer_id = :value)
