-- about: one execution of the drift stage
INSERT INTO drift_run (made, set_id, as_of, baseline_as_of, population, verdict, accuracy, matures_on, report, digest)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);
