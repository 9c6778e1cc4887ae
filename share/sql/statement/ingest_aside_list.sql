-- about: files that are set aside
SELECT file_id, name, sentence, reasons FROM quar_file WHERE state = 'aside' ORDER BY file_id
