-- about: customers who went from one group to another
INSERT INTO score_move(made, kind, before, now, before_run, customers, worth_before, worth_now) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8);
