-- about: how many columns all accepted files have together
SELECT coalesce(max(place), 0) FROM raw_profile WHERE file_id = 0 AND kept = 0
