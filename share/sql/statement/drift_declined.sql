-- about: was the same evidence against the same champion declined before?
SELECT count(*)
FROM decision_now n JOIN drift_run d ON d.made = n.made
WHERE n.champion_set = ?1 AND d.digest = ?2 AND n.state = 'declined';
