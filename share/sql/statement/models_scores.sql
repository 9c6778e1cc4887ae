-- about: scores of one execution, by customer
SELECT customer, worth, expected_purchases FROM score_customer WHERE made = ?1 ORDER BY customer;
