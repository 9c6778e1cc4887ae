-- about: a row set aside (?2: left out by a mapping) took the place of an accepted one: it counts as a repeat from now on
UPDATE raw_file SET quarantined = quarantined - 1, left_out = left_out - ?2, duplicate = duplicate + 1 WHERE file_id = ?1
