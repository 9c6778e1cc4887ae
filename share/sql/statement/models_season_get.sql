-- about: the season of a fit
SELECT day_of_year, weight FROM fit_season WHERE fit_id = ?1 ORDER BY day_of_year;
