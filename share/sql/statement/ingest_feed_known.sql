-- about: a feed of that content
SELECT feed_id FROM raw_feed WHERE digest = ?1 AND entity = ?2;
