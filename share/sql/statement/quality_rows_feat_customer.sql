-- about: feature rows as the rules read them; spend counts where there is money and the customer is not set aside
SELECT customer, frequency, recency, T, monetary_value, first_purchase, last_purchase,
       set_aside IS NULL AND (SELECT w.has_money FROM feat_window w WHERE w.made = ?1)
FROM feat_customer
WHERE made = ?1;
