-- about: share of customers who first bought in the first 30 days of the data
-- table: feat_customer
-- severity: warn
-- threshold: at most {gate.first_month_percent} %, when the data span 180 days or more
-- bind: made, gate.first_month_percent, as_of, rows, early
-- sentence: {hits} of {total} customers first bought in the first 30 days of the data ({percent} %){remark}
-- todo: import the history before, or read T and the first purchase of these customers with care
SELECT ?5 AS hits, ?4 AS total,
       printf('%.2f', 100.0 * ?5 / max(1, ?4)) AS percent,
       CASE WHEN bad THEN 'warn' ELSE 'pass' END AS verdict,
       CASE WHEN bad THEN ': one cohort only, or a history that began before the data do' ELSE '' END AS remark
FROM (SELECT 100 * ?5 > ?2 * ?4 AND ?3 - (SELECT first_day FROM feat_window WHERE made = ?1) >= 180 AS bad);
