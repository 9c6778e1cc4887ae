-- about: what is sealed of an execution of drift: its measures
SELECT feature, scope, type, n_ref, n_cur, ks, p, q, psi, w1, w1_log, js, effect, threshold, ref_median, cur_median, verdict, sentence
FROM drift_feature WHERE made = ?1 ORDER BY scope, feature;
