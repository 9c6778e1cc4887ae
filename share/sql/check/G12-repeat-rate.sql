-- about: share of customers who bought on more than one day
-- table: feat_customer
-- severity: warn
-- threshold: at least {gate.repeat_percent} %
-- bind: gate.repeat_percent, rows, repeats
-- sentence: {repeats} of {total} customers bought on more than one day ({percent} %){remark}
-- todo: read the ranking as an order of who may come again, not as money; more history helps
SELECT ?2 - ?3 AS hits, ?2 AS total, ?3 AS repeats,
       printf('%.2f', 100.0 * ?3 / max(1, ?2)) AS percent,
       CASE WHEN 100 * ?3 < ?1 * ?2 THEN 'warn' ELSE 'pass' END AS verdict,
       CASE WHEN 100 * ?3 < ?1 * ?2
            THEN ': Gamma-Gamma and cadence are not identified, value is dominated by the probability of a second purchase' ELSE '' END AS remark;
