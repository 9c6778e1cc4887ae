-- about: the back-test by decile of prediction and by frequency: actual and predicted, a customer
-- reads: decision_champion, fit_calibration
SELECT c.target, c.grouping, c.bin, c.label, c.customers, c.actual, c.predicted, c.predicted / nullif(c.actual, 0) - 1 AS error
FROM fit_calibration c
WHERE c.set_id = (SELECT set_id FROM decision_champion ORDER BY seq DESC LIMIT 1)
ORDER BY c.target, c.grouping, c.bin
