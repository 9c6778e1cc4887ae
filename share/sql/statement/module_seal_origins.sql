-- about: what is sealed of a fitted set: the inner back-tests behind its calibrations
SELECT role, cut, hold_days, customers, status, used, actual, predicted, buying, buying_predicted, revenue, revenue_predicted
FROM fit_origin WHERE set_id = ?1 ORDER BY role, cut;
