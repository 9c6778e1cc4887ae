-- about: the day the back-test rows are of
SELECT cut FROM feat_window WHERE made = ?1;
