-- about: feature rows as the rules read them, and what checks count: usable for spend, revenue
SELECT customer, frequency, recency, T, monetary_value, first_purchase, last_purchase, set_aside IS NULL, revenue_minor
FROM feat_customer
WHERE made = ?1;
