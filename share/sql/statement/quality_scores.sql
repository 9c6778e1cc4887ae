-- about: scores, for a first look at all of them; the last four need money
SELECT p_alive, p_no_purchase, expected_purchases, expected_30d, worth, at_risk, already_lost, expected_value, clv, clv_low, clv_high
FROM score_customer
WHERE made = ?1;
