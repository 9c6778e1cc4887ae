-- about: the back-test of one execution, a block of customers a row
SELECT rows, customer, frequency, recency, T, first_minor, repeat_minor, spend_ok, hold_x, hold_minor, last_x, last_minor
FROM feat_backtest
WHERE made = ?1
ORDER BY block;
