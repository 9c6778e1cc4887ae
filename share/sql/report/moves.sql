-- about: largest moves in value between two runs whose customer rows are still kept: show moves A B
-- reads: run_output, score_rank, score_customer, feat_customer
-- param: a int required the earlier run
-- param: b int required the later run
-- run: a
-- run: b
WITH size(a, b) AS (
  SELECT (SELECT max(rank) FROM score_rank WHERE made = (SELECT made FROM run_output WHERE run_id = :a AND stage = 'rank')),
         (SELECT max(rank) FROM score_rank WHERE made = (SELECT made FROM run_output WHERE run_id = :b AND stage = 'rank'))),
-- Ranks have no key by customer: both runs' are brought together by one sort.
ranked(customer, rank_a, rank_b) AS MATERIALIZED (
  SELECT customer, max(rank_a), max(rank_b)
  FROM (SELECT customer, rank AS rank_a, NULL AS rank_b FROM score_rank WHERE made = (SELECT made FROM run_output WHERE run_id = :a AND stage = 'rank')
        UNION ALL
        SELECT customer, NULL, rank FROM score_rank WHERE made = (SELECT made FROM run_output WHERE run_id = :b AND stage = 'rank'))
  GROUP BY customer
  HAVING count(rank_a) > 0 AND count(rank_b) > 0)
SELECT f.customer_id, r.rank_a, r.rank_b, sa.worth AS worth_a, sb.worth AS worth_b, sb.worth - sa.worth AS change,
       CASE WHEN 100 * (r.rank_a - 1) < size.a THEN 'Top 1 %' WHEN 100 * (r.rank_a - 1) < 5 * size.a THEN 'Top 5 %'
            WHEN 100 * (r.rank_a - 1) < 10 * size.a THEN 'Top 10 %' WHEN 100 * (r.rank_a - 1) < 20 * size.a THEN 'Top 20 %' ELSE 'Others' END AS tier_a,
       CASE WHEN 100 * (r.rank_b - 1) < size.b THEN 'Top 1 %' WHEN 100 * (r.rank_b - 1) < 5 * size.b THEN 'Top 5 %'
            WHEN 100 * (r.rank_b - 1) < 10 * size.b THEN 'Top 10 %' WHEN 100 * (r.rank_b - 1) < 20 * size.b THEN 'Top 20 %' ELSE 'Others' END AS tier_b,
       sa.p_alive AS p_alive_a, sb.p_alive AS p_alive_b
FROM size
CROSS JOIN ranked r
CROSS JOIN score_customer sb ON sb.made = (SELECT made FROM run_output WHERE run_id = :b AND stage = 'score') AND sb.customer = r.customer
CROSS JOIN score_customer sa ON sa.made = (SELECT made FROM run_output WHERE run_id = :a AND stage = 'score') AND sa.customer = r.customer
CROSS JOIN feat_customer f ON f.made = (SELECT made FROM run_output WHERE run_id = :b AND stage = 'features') AND f.customer = r.customer
ORDER BY abs(sb.worth - sa.worth) DESC, f.customer_id
LIMIT 1000
