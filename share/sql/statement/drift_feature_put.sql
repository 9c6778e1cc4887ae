-- about: one measure of one execution
INSERT INTO drift_feature (made, feature, scope, type, n_ref, n_cur, ks, p, q, psi, w1, w1_log, js, effect, threshold,
                           ref_median, cur_median, verdict, sentence)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19);
