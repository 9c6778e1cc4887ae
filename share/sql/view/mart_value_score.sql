-- about: what the models say of the customers of the live run: a part of mart_customer_value
-- reads: run_live_made, score_customer
-- column: p_alive share - probability that the customer still buys
-- column: expected_purchases real - in the horizon
-- column: expected_30d real - purchases in the next 30 days
-- column: p_no_purchase share - probability of no purchase in the horizon
-- column: expected_value money - expected spend of a purchase
-- column: clv money - discounted value of the horizon
-- column: clv_low money - 10 % quantile of the realised value
-- column: clv_high money - 90 % quantile
-- column: at_risk money - what stopping the drop-out expected in the horizon would keep
-- column: already_lost money - what the model believes is gone
-- column: worth real - what ranks: clv, or discounted expected purchases without money
-- column: customer count - number of the customer in raw_customer
CREATE VIEW mart_value_score AS
SELECT s.p_alive, s.expected_purchases, s.expected_30d, s.p_no_purchase, s.expected_value, s.clv, s.clv_low, s.clv_high,
       s.at_risk, s.already_lost, s.worth, s.customer
FROM score_customer s
WHERE s.made = (SELECT made FROM run_live_made WHERE stage = 'score');
