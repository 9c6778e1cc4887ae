-- about: the models of a set that score
SELECT m.fit_id, m.role, m.model, m.status, m.message, m.loglik, m.n
FROM fit_set s JOIN fit_model m ON m.fit_id IN (s.purchase_fit, s.spend_fit)
WHERE s.set_id = ?1
ORDER BY m.fit_id;
