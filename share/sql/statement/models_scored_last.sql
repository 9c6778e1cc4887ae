-- about: the largest customer number that one execution scored
SELECT max(customer) FROM score_customer WHERE made = ?1;
