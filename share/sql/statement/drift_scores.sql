-- about: predictions that are watched; scanned, so by customer
SELECT customer, p_alive, expected_purchases, clv
FROM score_customer
WHERE made = ?1;
