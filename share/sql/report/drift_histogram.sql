-- about: a watched feature in bins, before and now: shares of customers
-- reads: drift_run, drift_histogram
-- param: feature text optional one feature; else all
-- column: low real - lower edge, included; missing: open
-- column: high real - upper edge, excluded; missing: open
-- column: before share - of the baseline's customers; missing: it has none
-- column: now share - of this run's customers; missing: the baseline is of this run
SELECT h.scope, h.feature, h.bin, h.low, h.high, h.ref AS before, h.cur AS now
FROM drift_histogram h
WHERE h.made = (SELECT max(made) FROM drift_run) AND (:feature IS NULL OR h.feature = :feature)
ORDER BY CASE h.scope WHEN 'cohort' THEN 0 WHEN 'prediction' THEN 1 ELSE 2 END, h.feature, h.bin
