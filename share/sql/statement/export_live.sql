-- about: the live run and the executions that it uses
SELECT l.run_id,
       (SELECT made FROM run_live_made WHERE stage = 'features'), (SELECT made FROM run_live_made WHERE stage = 'score'),
       (SELECT made FROM run_live_made WHERE stage = 'rank'), (SELECT made FROM run_live_made WHERE stage = 'cluster'),
       coalesce((SELECT made FROM run_live_made WHERE stage = 'drift'), 0),
       (SELECT max(customer) FROM raw_customer), r.started_at, coalesce((SELECT customers FROM mart_value_count), 0)
FROM run_live l JOIN run_run r ON r.run_id = l.run_id
