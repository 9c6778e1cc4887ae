-- about: what ranks and segments need of the features; scanned, so by customer
SELECT customer, customer_id, frequency, T - recency, monetary_value FROM feat_customer WHERE made = ?1;
