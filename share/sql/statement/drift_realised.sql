-- about: predictions of the scores that stood when drift first ran for a champion, and what came in the window (from, to]
SELECT s.expected_purchases, s.expected_purchases * s.expected_value, coalesce(r.days, 0),
       CASE WHEN s.expected_value IS NOT NULL THEN coalesce(r.minor, 0) / u.scale END
FROM score_customer s
CROSS JOIN store_unit u
LEFT JOIN (SELECT customer, count(DISTINCT CASE WHEN amount_minor IS NULL OR amount_minor >= 0 THEN came END) AS days,
                  sum(amount_minor) AS minor
           FROM raw_transaction WHERE came > ?2 AND came <= ?3 GROUP BY customer) r ON r.customer = s.customer
WHERE s.made = (SELECT e.made FROM run_stage e
                WHERE e.stage = 'score' AND e.exec_id < ?1 AND e.made IS NOT NULL ORDER BY e.exec_id DESC LIMIT 1)
ORDER BY s.customer;
