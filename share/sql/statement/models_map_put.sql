-- about: a cell of the map; orders_high below 0: open
INSERT INTO fit_map(set_id, orders_low, orders_high, since_low, since_high, customers, p_alive, expected, horizon)
VALUES (?1, ?2, nullif(?3, -1), ?4, ?5, ?6, ?7, ?8, ?9);
