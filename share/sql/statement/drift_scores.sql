-- about: predictions that are watched, by customer
SELECT customer, p_alive, expected_purchases, clv
FROM score_customer
WHERE made = ?1
ORDER BY customer;
