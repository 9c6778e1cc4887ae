-- about: what the arrays of a cohort need beside the rows
SELECT has_money, decimals, coalesce(hold_days, 0)
FROM feat_window
WHERE made = ?1;
