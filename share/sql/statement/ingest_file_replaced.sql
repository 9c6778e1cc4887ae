-- about: a row set aside took the place of an accepted one: it counts as a repeat from now on
UPDATE raw_file SET quarantined = quarantined - 1, duplicate = duplicate + 1 WHERE file_id = ?1
