-- about: what is sealed of a fitted set: its fits; not how long they took
SELECT fit_id, role, model, period, as_of, holdout_end, status, message, loglik, aic, bic, n, n_distinct, iterations, evaluations,
       gradient_norm, hessian_condition, options
FROM fit_model WHERE set_id = ?1 ORDER BY fit_id;
