-- about: the live ranking, what it says itself: a part of mart_customer_value
-- reads: run_live_made, score_rank, mart_value_count
-- column: rank count - 1 is the most valuable
-- column: percentile percent % 100 is best
-- column: top_share share - rank / customers
-- column: tier text - Top 1 %, 5 %, 10 %, 20 %, Others
-- column: r count - recency score, 5 is best
-- column: f count - frequency score, 5 is best
-- column: m count - monetary score, 5 is best
-- column: rfm_segment text - one of eleven
-- column: customer count - number of the customer in raw_customer
CREATE VIEW mart_value_rank AS
SELECT r.rank, 100.0 * ((SELECT customers FROM mart_value_count) - r.rank + 1) / (SELECT customers FROM mart_value_count) AS percentile,
       CAST(r.rank AS REAL) / (SELECT customers FROM mart_value_count) AS top_share,
       CASE WHEN 100 * (r.rank - 1) < (SELECT customers FROM mart_value_count) THEN 'Top 1 %' WHEN 100 * (r.rank - 1) < 5 * (SELECT customers FROM mart_value_count) THEN 'Top 5 %'
            WHEN 100 * (r.rank - 1) < 10 * (SELECT customers FROM mart_value_count) THEN 'Top 10 %' WHEN 100 * (r.rank - 1) < 20 * (SELECT customers FROM mart_value_count) THEN 'Top 20 %'
            ELSE 'Others' END AS tier,
       r.r, r.f, r.m, r.rfm_segment, r.customer
FROM score_rank r
WHERE r.made = (SELECT made FROM run_live_made WHERE stage = 'rank');
