-- about: a number that judges a fit
INSERT INTO fit_check(set_id, place, name, value, low, high, df, p, n, verdict, words) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11);
