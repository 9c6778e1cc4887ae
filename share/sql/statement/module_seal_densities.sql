-- about: what is sealed of a fitted set: its laws of the customers
SELECT law, place, low, high, share, density FROM fit_density WHERE set_id = ?1 ORDER BY law, place;
