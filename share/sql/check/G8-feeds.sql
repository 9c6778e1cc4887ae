-- about: values of feeds that are not among those there are: gender, status, channel, credit 300 to 850, csat 1 to 5
-- table: raw_customer
-- severity: warn
-- threshold: none
-- sentence: {hits} of {total} coded values of feeds are none that there are{where}
-- todo: mend the feed, or map the column: the value was kept as it came
SELECT sum(hits) AS hits, sum(total) AS total,
       coalesce((SELECT ': ' || group_concat(what || ' ' || n, ', ') FROM (SELECT what, sum(hits) AS n FROM raw_feed_check WHERE gate = 'G8' AND hits > 0 GROUP BY what ORDER BY what)), '') AS "where",
       (SELECT json_group_array(example) FROM (SELECT c.what || ' ' || e.value AS example FROM raw_feed_check c, json_each(c.examples) e WHERE c.gate = 'G8' ORDER BY c.feed_id, c.what, e.key LIMIT 5)) AS examples
FROM raw_feed_check WHERE gate = 'G8' HAVING count(*) > 0;
