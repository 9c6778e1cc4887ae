-- about: the feeds: files of customers, tickets, sessions and so on, of which attributes are kept
-- reads: raw_feed, raw_feed_check
-- column: not_usable count - rows without a customer or a day, or that cannot be read
-- column: odd count - values and moments that the checks G8 and G9 found
SELECT f.feed_id, f.name AS file, f.entity, f.read_rows AS read, f.kept AS used, f.left_out, f.no_customer + f.bad_day + f.unsound AS not_usable, f.blank,
       coalesce((SELECT sum(c.hits) FROM raw_feed_check c WHERE c.feed_id = f.feed_id), 0) AS odd, f.imported_at
FROM raw_feed f ORDER BY f.feed_id
