-- about: the rules that stopped a gate, in the order in which they are told
SELECT check_id, sentence, threshold, examples
FROM qc_result
WHERE made = ?1 AND table_name = ?2 AND verdict = 'stop'
ORDER BY check_id;
