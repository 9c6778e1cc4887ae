-- about: what is sealed of a fitted set: its map
SELECT orders_low, orders_high, since_low, since_high, customers, p_alive, expected, horizon FROM fit_map WHERE set_id = ?1 ORDER BY orders_low, since_low;
