-- about: who moved since the run that was live before: customers by cluster or tier, then and now
-- reads: run_live_made, score_move
-- param: kind text optional cluster or tier; else both
-- column: before text - where they were; new: not there yet
-- column: now text - where they are; gone: not there any more
-- column: before_run count - the earlier run
-- column: worth_before money - of them, in the earlier run
-- column: worth_now money - of them, in the live one
SELECT kind, before, now, customers, CAST(customers AS REAL) / sum(customers) OVER (PARTITION BY kind, before) AS share,
       worth_before, worth_now, before_run
FROM score_move
WHERE made = (SELECT made FROM run_live_made WHERE stage = 'overview') AND (:kind IS NULL OR kind = :kind)
ORDER BY kind, before = now, customers DESC, before, now
