-- about: back-test metrics of a champion and of a candidate: on the candidate's holdout where the champion was asked there, else each on its own
WITH asked AS (SELECT target, metric, value FROM fit_metric WHERE set_id = ?2 AND model = 'champion'),
own AS (SELECT model FROM fit_model WHERE set_id = ?2 AND role = 'backtest-purchase')
SELECT k.model, k.target, k.metric,
       CASE WHEN NOT EXISTS (SELECT 1 FROM asked) THEN c.value
            WHEN k.model IN ('rate', 'hiatus', 'last_window') THEN k.value
            WHEN k.model IN (SELECT model FROM own) OR k.model LIKE (SELECT model FROM own) || '+%' THEN h.value END,
       k.value, EXISTS (SELECT 1 FROM asked)
FROM fit_metric k
LEFT JOIN asked h ON h.target = k.target AND h.metric = k.metric
LEFT JOIN fit_metric c ON c.set_id = ?1 AND c.model = k.model AND c.target = k.target AND c.metric = k.metric
WHERE k.set_id = ?2 AND k.model <> 'champion'
ORDER BY k.model, k.target, k.metric;
