-- about: worth and risk of one execution; scanned, so by customer
SELECT customer, worth, p_alive, at_risk FROM score_customer WHERE made = ?1;
