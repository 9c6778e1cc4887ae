-- about: feature rows as the rules read them, and what checks count: usable for spend, first bought in the first 30 days, revenue
SELECT customer, frequency, recency, T, monetary_value, first_purchase, last_purchase,
       set_aside IS NULL, first_purchase < (SELECT first_day + 30 FROM feat_window WHERE made = ?1), revenue_minor
FROM feat_customer
WHERE made = ?1;
