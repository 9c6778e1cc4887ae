-- about: moments of feeds in the wrong order: closed before opened, ended before begun
-- table: raw_customer
-- severity: warn
-- threshold: none
-- sentence: {hits} of {total} rows of feeds with two moments have them in the wrong order, or one that cannot be read{where}
-- todo: mend the feed; its last values were kept all the same
SELECT sum(hits) AS hits, sum(total) AS total,
       coalesce((SELECT ': ' || group_concat(what || ' ' || n, ', ') FROM (SELECT what, sum(hits) AS n FROM raw_feed_check WHERE gate = 'G9' AND hits > 0 GROUP BY what ORDER BY what)), '') AS "where",
       (SELECT json_group_array(example) FROM (SELECT c.what || ' ' || e.value AS example FROM raw_feed_check c, json_each(c.examples) e WHERE c.gate = 'G9' ORDER BY c.feed_id, c.what, e.key LIMIT 5)) AS examples
FROM raw_feed_check WHERE gate = 'G9' HAVING count(*) > 0;
