-- about: a person decides about a file set aside; ?6: the number of its accepted rows' file
UPDATE quar_file SET state = ?2, by_name = ?3, why = ?4, at = ?5, released_as = ?6 WHERE file_id = ?1
