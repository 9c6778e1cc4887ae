-- about: the newest accepted purchase day
SELECT max(last_day) FROM raw_file WHERE status = 'accepted'
