-- about: times between purchase days, up to the as-of day and up to the back-test cut
SELECT days, gaps, known FROM feat_gap WHERE made = ?1 ORDER BY days;
