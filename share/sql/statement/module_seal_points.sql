-- about: what is sealed of a fitted set: its points of these laws
SELECT law, place, kind, label, value, below FROM fit_point WHERE set_id = ?1 ORDER BY law, place;
