-- about: feature rows as the rules read them, and what checks count of them; spend is used where there is money and the customer is not set aside
SELECT customer, frequency, recency, T, monetary_value, first_purchase, last_purchase,
       set_aside IS NULL AND (SELECT has_money FROM feat_window WHERE made = ?1),
       set_aside IS NULL, first_purchase < (SELECT first_day + 30 FROM feat_window WHERE made = ?1), revenue_minor
FROM feat_customer
WHERE made = ?1;
