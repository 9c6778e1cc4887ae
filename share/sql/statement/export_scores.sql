-- about: scores of one execution, in customer order
SELECT customer, p_alive, expected_purchases, expected_value, clv, clv_low, clv_high, at_risk FROM score_customer WHERE made = ?1
