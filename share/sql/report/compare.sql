-- about: two runs compared: customers, champion, totals: show compare A B
-- reads: run_output, run_run, score_total, decision_champion
-- param: a int required the earlier run
-- param: b int required the later run
-- run: a
-- run: b
SELECT coalesce(x.name, y.name) AS name, x.value AS run_a, y.value AS run_b, y.value - x.value AS change,
       (y.value - x.value) / nullif(x.value, 0) AS relative, coalesce(x.unit, y.unit) AS unit
FROM (SELECT * FROM score_total WHERE made = (SELECT made FROM run_output WHERE run_id = :a AND stage = 'score')) x
LEFT JOIN (SELECT * FROM score_total WHERE made = (SELECT made FROM run_output WHERE run_id = :b AND stage = 'score')) y ON y.name = x.name
ORDER BY 1
