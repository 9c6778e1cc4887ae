-- about: features now against the champion's baseline
-- reads: drift_feature
-- column: p share - of the Kolmogorov-Smirnov test, ties handled
-- column: q share - p corrected for the number of features (Benjamini-Hochberg)
-- column: effect real - Wasserstein distance on log(1+x) over the baseline's standard deviation of logs
-- column: of_limit real - effect / threshold: more than 1 is over
SELECT scope, feature, type, verdict, n_ref, n_cur, ks, p, q, psi, w1, w1_log, js, effect, threshold, ref_median, cur_median, sentence,
       effect / nullif(threshold, 0) AS of_limit
FROM drift_feature
WHERE made = (SELECT max(made) FROM drift_run)
ORDER BY CASE scope WHEN 'cohort' THEN 0 WHEN 'prediction' THEN 1 ELSE 2 END, feature
