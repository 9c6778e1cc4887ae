-- about: cents in are cents out, accepted to features; asked when no row is of a day after the as-of day
-- table: feat_customer
-- severity: stop
-- threshold: equal, in minor units
-- bind: made, revenue, accepted_minor, partial
-- sentence: features hold {features} minor units of revenue, accepted rows {total}
-- todo: the store contradicts itself: 'doctor' checks it; import the files again into a new store
SELECT abs(features - ?3) AS hits, ?3 AS total, features,
       CASE WHEN ?4 OR NOT has_money THEN 'skip' WHEN features <> ?3 THEN 'stop' ELSE 'pass' END AS verdict
FROM (SELECT ?2 + coalesce((SELECT sum(c.total_minor) FROM feat_set_aside a JOIN raw_customer c ON c.customer = a.customer
                            WHERE a.made = ?1), 0) AS features,
             coalesce((SELECT has_money FROM feat_window WHERE made = ?1), 0) AS has_money);
