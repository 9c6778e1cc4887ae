-- about: chance to be alive and purchases expected, by repeat purchases and days since the last one, of the fitted law
-- reads: decision_champion, fit_map
-- param: set int optional the set; else the champion's
-- column: orders_low count - repeat purchase days, from
-- column: orders_high count - to; missing: and more
-- column: since_low count - days since the last purchase day, from
-- column: since_high count - to
-- column: customers count - that stand there
-- column: p_alive real - of a customer as old as the oldest in the middle of the cell; missing: no such history
-- column: expected real - purchases in the next `horizon` days
-- column: horizon count - days
SELECT m.orders_low, m.orders_high, m.since_low, m.since_high, m.customers, m.p_alive, m.expected, m.horizon
FROM fit_map m
WHERE m.set_id = coalesce(:set, (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1))
ORDER BY m.orders_low, m.since_low
