-- about: value tiers of the live run
-- reads: run_live_made, score_group
-- column: clv money - predicted value of its customers
-- column: share share - of the value of all
-- column: at_risk money - what stopping the drop-out expected in the horizon would keep
SELECT name AS tier, customers, clv, worth / nullif(sum(worth) OVER (), 0) AS share, clv / customers AS mean_clv, at_risk
FROM score_group
WHERE made = (SELECT made FROM run_live_made WHERE stage = 'overview') AND kind = 'tier'
ORDER BY place
