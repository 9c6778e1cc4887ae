-- about: the shop week by week, Monday first: purchase days, new customers, revenue
-- reads: run_live_made, feat_day, store_unit
-- column: week day - its Monday
-- column: days count - days of the week that the data cover; 7 but for the first and the last
-- column: buyers count - purchase days of customers
-- column: new count - customers who bought for the first time
-- column: revenue money - net of all rows
SELECT day - (day + 719162) % 7 AS week,
       min((SELECT max(day) FROM feat_day WHERE made = d.made), day - (day + 719162) % 7 + 6)
         - max((SELECT min(day) FROM feat_day WHERE made = d.made), day - (day + 719162) % 7) + 1 AS days,
       sum(buyers) AS buyers, sum(fresh) AS new, sum(minor) / (SELECT scale FROM store_unit) AS revenue
FROM feat_day d
-- Day 0 was a Thursday; 719162 days before it stand for a Monday, so that days before it count as well.
WHERE made = (SELECT made FROM run_live_made WHERE stage = 'features')
GROUP BY week ORDER BY week
