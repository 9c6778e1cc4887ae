-- about: fitted sets, newest first, with the champion marked
-- column: as_of day - last day seen
SELECT s.set_id AS id, s.kind, CASE WHEN s.set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1) THEN 'champion' ELSE '' END AS state,
       group_concat(m.model || ' ' || m.status, ', ') AS models, s.as_of, s.period, s.customers, s.created_at, s.digest
FROM fit_set s LEFT JOIN fit_model m ON m.set_id = s.set_id AND m.role IN ('purchase', 'spend', 'trial')
GROUP BY s.set_id ORDER BY s.set_id DESC
