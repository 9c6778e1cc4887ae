-- about: the last review that waits for a decision, with the digest of its evidence
SELECT n.review_id, n.state, n.until, n.champion_set, d.digest, n.run_id, n.reason
FROM decision_now n JOIN drift_run d ON d.made = n.made
WHERE n.state IN ('open', 'deferred')
ORDER BY n.review_id DESC LIMIT 1;
