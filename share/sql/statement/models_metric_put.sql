-- about: a measure of the back-test
INSERT INTO fit_metric(set_id, model, target, metric, value) VALUES (?1, ?2, ?3, ?4, ?5);
