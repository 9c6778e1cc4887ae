-- about: what ranks, of one execution; scanned, so by customer
SELECT customer, worth FROM score_customer WHERE made = ?1;
