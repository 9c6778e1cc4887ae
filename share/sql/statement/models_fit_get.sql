-- about: the fit of a set in one role
SELECT m.fit_id, m.model, m.period, m.as_of, m.status, m.message, m.loglik, m.aic, m.bic, m.n, m.n_distinct, m.iterations,
       m.evaluations, m.gradient_norm, m.hessian_condition, m.seconds, m.options
FROM fit_model m
WHERE m.set_id = ?1 AND m.role = ?2
ORDER BY m.fit_id DESC LIMIT 1;
