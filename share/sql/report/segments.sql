-- about: the eleven named RFM segments of the live run
-- reads: mart_customer_value
-- column: customer_share share - of all customers
-- column: clv money - predicted value of its customers
SELECT rfm_segment, count(*) AS customers, CAST(count(*) AS REAL) / sum(count(*)) OVER () AS customer_share, sum(clv) AS clv,
       avg(clv) AS mean_clv, avg(p_alive) AS mean_p_alive, sum(at_risk) AS at_risk
FROM mart_customer_value
GROUP BY rfm_segment
ORDER BY sum(worth) DESC
