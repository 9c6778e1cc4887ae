-- about: one of the customers with most at risk
INSERT INTO score_save(made, place, customer, customer_id, rank, at_risk, already_lost, p_alive, p_no_purchase, silent, frequency, clv)
SELECT ?1, ?2, ?3, f.customer_id, ?4, s.at_risk, s.already_lost, s.p_alive, s.p_no_purchase, f.T - f.recency, f.frequency, s.clv
FROM feat_customer f JOIN score_customer s ON s.made = ?6 AND s.customer = ?3
WHERE f.made = ?5 AND f.customer = ?3;
