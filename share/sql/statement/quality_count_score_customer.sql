-- about: customers with a score
SELECT count(*) FROM score_customer WHERE made = ?1;
