-- about: share of customers who bought on more than one day
-- table: feat_customer
-- severity: warn
-- threshold: at least {gate.repeat_percent} %
-- bind: made, gate.repeat_percent
-- sentence: {repeats} of {total} customers bought on more than one day ({percent} %){remark}
-- todo: read the ranking as an order of who may come again, not as money; more history helps
SELECT total - repeats AS hits, total, repeats,
       printf('%.2f', 100.0 * repeats / max(1, total)) AS percent,
       CASE WHEN 100 * repeats < ?2 * total THEN 'warn' ELSE 'pass' END AS verdict,
       CASE WHEN 100 * repeats < ?2 * total
            THEN ': Gamma-Gamma and cadence are not identified, value is dominated by the probability of a second purchase' ELSE '' END AS remark
FROM (SELECT count(*) AS total, count(*) FILTER (WHERE frequency > 0) AS repeats FROM feat_customer WHERE made = ?1);
