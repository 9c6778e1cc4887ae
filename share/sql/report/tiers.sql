-- about: value tiers of the live run
-- reads: mart_customer_value
-- column: clv money - predicted value of its customers
SELECT tier, count(*) AS customers, sum(clv) AS clv, sum(worth) / nullif(sum(sum(worth)) OVER (), 0) AS share, avg(clv) AS mean_clv, sum(at_risk) AS at_risk
FROM mart_customer_value
GROUP BY tier
ORDER BY min(rank)
