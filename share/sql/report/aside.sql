-- about: files set aside whole, because their columns were not those expected
-- reads: quar_file
-- column: file_id count - number for quarantine show, release and discard --file
-- column: state text - aside, released, discarded
-- column: reasons text - codes of what differs
-- column: against text - what the columns were compared with
SELECT file_id, name AS file, state, reasons, sentence, policy, against, bytes, digest, path, copy, set_at, by_name, why, at, released_as
FROM quar_file
ORDER BY file_id
