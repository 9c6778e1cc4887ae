-- about: share of customers who first bought in the first 30 days of the data
-- table: feat_customer
-- severity: warn
-- threshold: at most {gate.first_month_percent} %, when the data span 180 days or more
-- bind: made, gate.first_month_percent, as_of
-- sentence: {hits} of {total} customers first bought in the first 30 days of the data ({percent} %){remark}
-- todo: import the history before, or read T and the first purchase of these customers with care
SELECT early AS hits, total,
       printf('%.2f', 100.0 * early / max(1, total)) AS percent,
       CASE WHEN bad THEN 'warn' ELSE 'pass' END AS verdict,
       CASE WHEN bad THEN ': one cohort only, or a history that began before the data do' ELSE '' END AS remark
FROM (SELECT early, total, 100 * early > ?2 * total AND ?3 - first >= 180 AS bad
      FROM (SELECT count(*) AS total, (SELECT first_day FROM feat_window WHERE made = ?1) AS first,
                   count(*) FILTER (WHERE first_purchase < (SELECT first_day FROM feat_window WHERE made = ?1) + 30) AS early
            FROM feat_customer
            WHERE made = ?1));
