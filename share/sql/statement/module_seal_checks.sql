-- about: what is sealed of a fitted set: its verdicts
SELECT place, name, value, low, high, df, p, n, verdict, words FROM fit_check WHERE set_id = ?1 ORDER BY place;
