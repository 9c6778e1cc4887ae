-- about: RFM-T of one execution, in customer order
SELECT customer, customer_id, frequency, recency, T, monetary_value FROM feat_customer WHERE made = ?1
