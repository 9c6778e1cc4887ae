-- about: one of the largest changes, with what the two runs know of the customer
INSERT INTO score_moved(made, place, before_run, customer, customer_id, worth_a, worth_b, rank_a, rank_b, p_alive_a, p_alive_b,
  frequency_a, frequency_b, silent_a, silent_b, value_a, value_b)
SELECT ?1, ?2, ?3, ?4, fb.customer_id, sa.worth, sb.worth, ?5, ?6, sa.p_alive, sb.p_alive, fa.frequency, fb.frequency,
       fa.T - fa.recency, fb.T - fb.recency, sa.expected_value, sb.expected_value
FROM feat_customer fb
JOIN score_customer sb ON sb.made = ?8 AND sb.customer = ?4
JOIN score_customer sa ON sa.made = ?10 AND sa.customer = ?4
JOIN feat_customer fa ON fa.made = ?9 AND fa.customer = ?4
WHERE fb.made = ?7 AND fb.customer = ?4;
