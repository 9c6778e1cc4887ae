-- about: one fit of a set
INSERT INTO fit_model(set_id, role, model, period, as_of, holdout_end, status, message, loglik, aic, bic, n, n_distinct,
                      iterations, evaluations, gradient_norm, hessian_condition, seconds, options)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19);
