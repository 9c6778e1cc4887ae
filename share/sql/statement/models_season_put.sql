-- about: what a day of the year counts for, of a fit
INSERT INTO fit_season(fit_id, day_of_year, weight) VALUES (?1, ?2, ?3);
