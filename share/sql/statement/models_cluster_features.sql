-- about: what clusters tell of their customers, by customer
SELECT customer, frequency, recency, monetary_value FROM feat_customer WHERE made = ?1 ORDER BY customer;
