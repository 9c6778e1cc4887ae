-- about: totals of the live run with 80 % intervals
-- reads: run_live_made, score_total
SELECT name, value, low, high, unit
FROM score_total
WHERE made = (SELECT made FROM run_live_made WHERE stage = 'score')
ORDER BY name
