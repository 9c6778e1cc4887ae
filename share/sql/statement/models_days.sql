-- about: repeat purchase days of the customers of the back-test, day by day
SELECT day, known FROM feat_day WHERE made = ?1 AND known IS NOT NULL ORDER BY day;
