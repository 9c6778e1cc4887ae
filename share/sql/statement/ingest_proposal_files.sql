-- about: how many files were accepted
SELECT count(*) FROM raw_file WHERE status = 'accepted'
