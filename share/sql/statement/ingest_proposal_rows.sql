-- about: how many rows the accepted files have
SELECT sum(read_rows) FROM raw_file WHERE status = 'accepted'
