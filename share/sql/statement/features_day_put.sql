-- about: what a day brought; known below 0: there is no back-test
INSERT INTO feat_day(made, day, buyers, fresh, known, minor) VALUES (?1, ?2, ?3, ?4, nullif(?5, -1), ?6);
