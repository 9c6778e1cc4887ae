-- about: a fitted set, and the window of its back-test
SELECT s.set_id, s.kind, s.as_of, s.period, s.customers, s.digest,
       (SELECT max(m.as_of) FROM fit_model m WHERE m.set_id = s.set_id AND m.role = 'backtest-purchase'),
       (SELECT max(m.holdout_end) FROM fit_model m WHERE m.set_id = s.set_id AND m.role = 'backtest-purchase')
FROM fit_set s
WHERE s.set_id = ?1;
