-- about: a review, its candidate, and what is live now
SELECT n.review_id, n.run_id, n.made, n.champion_set, n.candidate_set, n.state, n.opened_at, n.reason, n.until, d.as_of, d.digest,
       c.digest, k.digest, k.features, p.status, m.status,
       (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1),
       (SELECT e.output FROM run_live_made l JOIN run_stage e ON e.exec_id = l.made WHERE l.stage = 'features'),
       (SELECT max(last_day) FROM raw_file WHERE status = 'accepted'),
       (SELECT w.as_of FROM run_live_made l JOIN feat_window w ON w.made = l.made WHERE l.stage = 'features'),
       (SELECT settings FROM run_run WHERE run_id = n.run_id)
FROM decision_now n
JOIN drift_run d ON d.made = n.made
LEFT JOIN fit_set c ON c.set_id = n.champion_set
LEFT JOIN fit_set k ON k.set_id = n.candidate_set
LEFT JOIN fit_model p ON p.fit_id = k.purchase_fit
LEFT JOIN fit_model m ON m.fit_id = k.spend_fit
WHERE n.review_id = ?1;
