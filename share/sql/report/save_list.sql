-- about: the save list: the thousand customers with most at risk
-- reads: run_live_made, score_save
-- attributes: mart_value_rank rank
-- column: rank count - by value
-- column: at_risk money - what stopping the drop-out expected in the horizon would keep
-- column: already_lost money - what the model believes is gone: a win-back question
-- column: p_alive share - probability that the customer still buys
-- column: p_no_purchase share - probability of no purchase in the horizon
-- column: days_since_last days days as-of less last purchase day
-- column: clv money - discounted value of the horizon
SELECT place, customer_id, at_risk, already_lost, p_alive, p_no_purchase, silent AS days_since_last, frequency, clv, rank
FROM score_save
WHERE made = (SELECT made FROM run_live_made WHERE stage = 'overview')
ORDER BY place
