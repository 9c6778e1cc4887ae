-- about: what is sealed of an execution of drift; free of run numbers
SELECT (SELECT f.digest FROM fit_set f WHERE f.set_id = d.set_id) AS champion, d.as_of, d.baseline_as_of, d.population, d.verdict,
       d.accuracy, d.matures_on, d.report
FROM drift_run d WHERE d.made = ?1;
