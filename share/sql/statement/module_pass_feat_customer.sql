-- about: features as a model sees them; scanned, so by customer
SELECT customer, frequency, recency, T, coalesce(first_minor, 0), coalesce(repeat_minor, 0), set_aside IS NULL
FROM feat_customer
WHERE made = ?1;
