-- about: what a person decided about a row
UPDATE quar_row SET state = ?2, by_name = ?3, why = ?4, at = ?5 WHERE quar_id = ?1 AND state = 'open'
