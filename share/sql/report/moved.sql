-- about: the largest moves in value since the run that was live before, and why
-- reads: run_live_made, score_moved
-- column: worth_a money - in the earlier run
-- column: worth_b money - in the live one
-- column: value_a money - expected spend of a purchase, then
-- column: value_b money - expected spend of a purchase, now
-- column: why text - what changed: orders, silence, the spend of an order
SELECT place, customer_id, worth_a, worth_b, worth_b - worth_a AS change, rank_a, rank_b, p_alive_a, p_alive_b, frequency_a, frequency_b,
       silent_a, silent_b, value_a, value_b, before_run,
       CASE WHEN frequency_b = frequency_a OR (worth_b < worth_a AND p_alive_b < p_alive_a - 0.1)
            THEN 'silent ' || silent_b || CASE silent_b WHEN 1 THEN ' day' ELSE ' days' END
            ELSE (frequency_b - frequency_a) || CASE frequency_b - frequency_a WHEN 1 THEN ' more order' ELSE ' more orders' END END ||
       CASE WHEN abs(value_b / nullif(value_a, 0) - 1) >= 0.05 THEN printf(', an order %+.0f %%', 100 * (value_b / value_a - 1)) ELSE '' END AS why
FROM score_moved
WHERE made = (SELECT made FROM run_live_made WHERE stage = 'overview')
ORDER BY place
