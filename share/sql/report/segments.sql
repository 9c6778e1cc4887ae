-- about: the eleven named RFM segments of the live run
-- reads: run_live_made, score_group
-- column: customer_share share - of all customers
-- column: clv money - predicted value of its customers
-- column: mean_p_alive share - mean probability that its customers still buy
-- column: at_risk money - what stopping the drop-out expected in the horizon would keep
SELECT name AS rfm_segment, customers, CAST(customers AS REAL) / sum(customers) OVER () AS customer_share, clv,
       clv / customers AS mean_clv, p_alive AS mean_p_alive, at_risk
FROM score_group
WHERE made = (SELECT made FROM run_live_made WHERE stage = 'overview') AND kind = 'segment'
ORDER BY worth DESC
