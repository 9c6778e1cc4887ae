-- about: a group of the back-test: actual and predicted
INSERT INTO fit_calibration(set_id, target, grouping, bin, label, customers, actual, predicted)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
