-- about: do features of one execution know money
SELECT has_money FROM feat_window WHERE made = ?1;
