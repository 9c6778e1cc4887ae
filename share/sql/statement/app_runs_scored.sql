-- about: the newest runs with scores, in words
SELECT group_concat(run_id, ', ') FROM (SELECT run_id FROM run_output WHERE stage = 'score' ORDER BY run_id DESC LIMIT 10);
