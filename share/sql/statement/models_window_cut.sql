-- about: the last day of the back-test's calibration; NULL: the history is too short
SELECT cut FROM feat_window WHERE made = ?1;
