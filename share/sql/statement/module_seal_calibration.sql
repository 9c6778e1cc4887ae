-- about: what is sealed of a fitted set: its back-test by group
SELECT target, grouping, bin, label, customers, actual, predicted FROM fit_calibration WHERE set_id = ?1 ORDER BY target, grouping, bin;
