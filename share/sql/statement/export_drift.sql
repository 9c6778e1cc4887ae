-- about: drift measures of one execution
SELECT scope, feature, type, verdict, n_ref, n_cur, ks, p, q, psi, w1, w1_log, js, effect, threshold, ref_median, cur_median, sentence
FROM drift_feature WHERE made = ?1 ORDER BY CASE scope WHEN 'cohort' THEN 0 WHEN 'prediction' THEN 1 ELSE 2 END, feature
