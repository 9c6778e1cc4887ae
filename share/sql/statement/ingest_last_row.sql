-- about: the number of the newest accepted row
SELECT coalesce(max(rowid), 0) FROM raw_transaction
