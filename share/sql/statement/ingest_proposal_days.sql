-- about: days with accepted rows, and how many
SELECT day, count(*) AS rows FROM raw_transaction GROUP BY day ORDER BY day
