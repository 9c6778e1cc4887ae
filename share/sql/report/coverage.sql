-- about: what the champion's back-test covered: shares and totals as they should be, before and after its calibration
-- reads: decision_champion, fit_metric, fit_set
-- column: measure text - what is measured
-- column: should real - the share that the interval is made for, or the share of customers who bought
-- column: before real - without the calibration
-- column: after real - with it; empty: the set has none
WITH
m AS (SELECT * FROM fit_metric WHERE set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)),
own AS (SELECT * FROM m WHERE model NOT IN ('plain', 'champion', 'rate', 'hiatus', 'last_window')),
line(place, target, metric, measure, should) AS (
  SELECT 1, 'purchases', 'pit_80', 'purchases within the 80 % levels', .8 UNION ALL
  SELECT 2, 'revenue', 'coverage_80', 'customers within the 80 % interval of revenue', .8 UNION ALL
  SELECT 2, 'purchases', 'coverage_80', 'customers within the 80 % interval of purchases', .8 UNION ALL
  SELECT 3, 'purchases', 'share_buying_predicted', 'customers who buy',
         (SELECT value FROM own WHERE target = 'purchases' AND metric = 'share_buying') UNION ALL
  SELECT 4, 'purchases', 'aggregate_error', 'total of purchases, error', 0 UNION ALL
  SELECT 5, 'revenue', 'aggregate_error', 'total of revenue, error', 0
)
SELECT l.measure, l.should, coalesce(p.value, o.value) AS before, CASE WHEN p.metric IS NOT NULL THEN o.value END AS after
FROM line l
JOIN own o ON o.target = l.target AND o.metric = l.metric
LEFT JOIN m p ON p.model = 'plain' AND p.target = l.target AND p.metric = l.metric
ORDER BY l.place, l.measure
