-- about: what is sealed of an execution of drift: its histograms
SELECT scope, feature, bin, low, high, ref, cur FROM drift_histogram WHERE made = ?1 ORDER BY scope, feature, bin;
