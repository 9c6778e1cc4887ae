-- about: largest moves in value between two runs whose customer rows are still kept: show moves A B
-- reads: run_output, score_rank, score_customer, feat_customer
-- param: a int required the earlier run
-- param: b int required the later run
-- run: a
-- run: b
SELECT f.customer_id, ra.rank AS rank_a, rb.rank AS rank_b, sa.worth AS worth_a, sb.worth AS worth_b, sb.worth - sa.worth AS change,
       ra.tier AS tier_a, rb.tier AS tier_b, sa.p_alive AS p_alive_a, sb.p_alive AS p_alive_b
FROM score_rank rb
JOIN score_customer sb ON sb.made = (SELECT made FROM run_output WHERE run_id = :b AND stage = 'score') AND sb.customer = rb.customer
JOIN score_customer sa ON sa.made = (SELECT made FROM run_output WHERE run_id = :a AND stage = 'score') AND sa.customer = rb.customer
JOIN feat_customer f ON f.made = (SELECT made FROM run_output WHERE run_id = :b AND stage = 'features') AND f.customer = rb.customer
JOIN score_rank ra ON ra.made = (SELECT made FROM run_output WHERE run_id = :a AND stage = 'rank') AND ra.customer = rb.customer
WHERE rb.made = (SELECT made FROM run_output WHERE run_id = :b AND stage = 'rank')
ORDER BY abs(sb.worth - sa.worth) DESC, f.customer_id
LIMIT 1000
