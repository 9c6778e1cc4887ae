-- about: features as a model sees them, by customer
SELECT customer, frequency, recency, T, coalesce(first_minor, 0), coalesce(repeat_minor, 0), set_aside IS NULL, 0, 0, 0, 0
FROM feat_customer
WHERE made = ?1
ORDER BY customer;
