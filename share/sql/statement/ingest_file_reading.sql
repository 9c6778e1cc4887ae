-- about: how a file was read
SELECT reading FROM raw_file WHERE file_id = ?1
