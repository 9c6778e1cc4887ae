-- about: times between purchase days; known below 0: there is no back-test
INSERT INTO feat_gap(made, days, gaps, known) VALUES (?1, ?2, ?3, nullif(?4, -1));
