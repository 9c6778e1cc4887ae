-- about: what clusters tell of their customers; scanned, so by customer
SELECT customer, monetary_value, frequency, recency FROM feat_customer WHERE made = ?1;
