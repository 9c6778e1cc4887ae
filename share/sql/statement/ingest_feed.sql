-- about: the record of a feed
INSERT INTO raw_feed(name, bytes, digest, source, entity, read_rows, kept, left_out, no_customer, bad_day, unsound, blank, imported_at)
VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13);
