-- about: an inner back-test of a calibration
INSERT INTO fit_origin(set_id, role, cut, hold_days, customers, status, used, actual, predicted, buying, buying_predicted, revenue, revenue_predicted)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);
