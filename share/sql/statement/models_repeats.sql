-- about: repeat purchase days of all customers, day by day, up to a day
SELECT day, buyers - fresh AS repeats FROM feat_day WHERE made = ?1 AND day <= ?2 ORDER BY day;
