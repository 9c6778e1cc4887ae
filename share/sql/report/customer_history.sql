-- about: one customer over the runs whose customer rows are kept: show customer_history ID
-- reads: run_live_made, run_output, feat_customer, score_customer, score_rank
-- param: id text optional the customer id, as in the file
-- param: rank int optional the rank in the live run instead: found by key
-- column: clv money - discounted value of the horizon
-- column: p_alive share - probability that the customer still buys
-- column: expected_purchases real - in the horizon
-- column: frequency count - repeat purchase days
-- column: days_since_last days days as-of less last purchase day
WITH who AS MATERIALIZED (
  SELECT CASE WHEN :rank IS NOT NULL
         THEN (SELECT customer FROM score_rank WHERE made = (SELECT made FROM run_live_made WHERE stage = 'rank') AND rank = :rank)
         ELSE (SELECT customer FROM feat_customer WHERE made = (SELECT made FROM run_live_made WHERE stage = 'features') AND customer_id = :id)
         END AS customer)
SELECT o.run_id, s.clv, s.worth, s.p_alive, s.expected_purchases, f.frequency, f.T - f.recency AS days_since_last
FROM run_output o
JOIN score_customer s ON s.made = o.made AND s.customer = (SELECT customer FROM who)
LEFT JOIN run_output p ON p.run_id = o.run_id AND p.stage = 'features'
LEFT JOIN feat_customer f ON f.made = p.made AND f.customer = s.customer
WHERE o.stage = 'score'
ORDER BY o.run_id
