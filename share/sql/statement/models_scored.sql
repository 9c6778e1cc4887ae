-- about: how many customers one execution scored
SELECT count(*) FROM score_customer WHERE made = ?1;
