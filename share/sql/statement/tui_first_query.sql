SELECT rfm_segment, count(*) AS customers,
       sum(clv) / 100.0 AS value
FROM mart_customer_value
GROUP BY rfm_segment
ORDER BY value DESC
