-- about: the windows and totals of one execution
INSERT INTO feat_window (made, as_of, first_day, cut, hold_days, customers, set_aside, spend_aside, has_money, decimals, revenue_minor,
  cohort_from, cohort_aside)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);
