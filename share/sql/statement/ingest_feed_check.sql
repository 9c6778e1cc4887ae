-- about: what the rows of a feed were held against
INSERT INTO raw_feed_check(feed_id, gate, what, hits, total, examples) VALUES(?1, ?2, ?3, ?4, ?5, ?6);
