-- about: the save list: customers by what could still be kept
-- reads: mart_customer_value
-- attributes: mart_value_rank rank
-- column: rank count - by value
-- column: customer_id text - as in the file
-- column: at_risk money - what stopping the drop-out expected in the horizon would keep
-- column: already_lost money - what the model believes is gone: a win-back question
-- column: p_alive share - probability that the customer still buys
-- column: p_no_purchase share - probability of no purchase in the horizon
-- column: days_since_last days days as-of less last purchase day
-- column: clv money - discounted value of the horizon
SELECT rank, customer_id, at_risk, already_lost, p_alive, p_no_purchase, days_since_last, frequency, clv, tier, rfm_segment
FROM mart_customer_value
ORDER BY at_risk DESC, rank
