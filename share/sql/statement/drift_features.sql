-- about: features that are watched; scanned, so by customer
SELECT customer, frequency, recency, T, monetary_value, first_minor, revenue_minor
FROM feat_customer
WHERE made = ?1;
