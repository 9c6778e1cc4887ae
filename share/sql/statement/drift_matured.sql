-- about: the last report in which a champion's accuracy was known
SELECT report
FROM drift_run
WHERE set_id = ?1 AND accuracy = 'matured'
ORDER BY made DESC LIMIT 1;
