-- about: back-test rows as the rules read them; the scale of money does not matter to a rule
SELECT customer, frequency, recency, T,
       CASE WHEN spend_ok AND frequency > 0 THEN 1.0 * repeat_minor / frequency WHEN spend_ok THEN 0.0 END,
       0, recency, spend_ok
FROM feat_backtest
WHERE made = ?1;
