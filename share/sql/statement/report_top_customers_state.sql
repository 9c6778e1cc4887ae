-- about: which executions made what the live ranking shows, as one text
SELECT group_concat(stage || ' ' || made, ', ')
FROM (SELECT stage, made FROM run_live_made WHERE stage IN ('features', 'score', 'rank', 'cluster') ORDER BY stage LIMIT -1)
