-- about: scores of one execution; scanned, so by customer
SELECT customer, worth, expected_purchases FROM score_customer WHERE made = ?1;
