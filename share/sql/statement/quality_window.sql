-- about: do features of one execution know money, and when do they begin
SELECT has_money, first_day FROM feat_window WHERE made = ?1;
