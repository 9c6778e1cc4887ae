-- about: the back-test as a model sees it, by customer
SELECT customer, frequency, recency, T, coalesce(first_minor, 0), coalesce(repeat_minor, 0), spend_ok,
       hold_x, coalesce(hold_minor, 0), last_x, coalesce(last_minor, 0)
FROM feat_backtest
WHERE made = ?1
ORDER BY customer;
