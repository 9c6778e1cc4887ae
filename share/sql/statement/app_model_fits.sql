-- about: the fits of a set
-- column: as_of day - last day seen
SELECT fit_id, role, model, period, as_of, status, message, loglik, aic, bic, n, n_distinct, iterations, evaluations, gradient_norm,
       hessian_condition, seconds, options
FROM fit_model WHERE set_id = ?1 ORDER BY fit_id
