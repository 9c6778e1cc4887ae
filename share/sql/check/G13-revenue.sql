-- about: cents in are cents out, accepted to features; asked when no row is of a day after the as-of day
-- table: feat_customer
-- severity: stop
-- threshold: equal, in minor units
-- bind: made, as_of
-- sentence: features hold {features} minor units of revenue, accepted rows {total}
-- todo: the store contradicts itself: 'doctor' checks it; import the files again into a new store
SELECT abs(features - total) AS hits, total, features,
       CASE WHEN partial OR NOT has_money THEN 'skip' WHEN features <> total THEN 'stop' ELSE 'pass' END AS verdict
FROM (SELECT coalesce((SELECT sum(revenue_minor) FROM feat_customer WHERE made = ?1), 0) +
             coalesce((SELECT sum(c.total_minor) FROM feat_set_aside a JOIN raw_customer c ON c.customer = a.customer
                       WHERE a.made = ?1), 0) AS features,
             coalesce((SELECT sum(total_minor) FROM raw_customer), 0) AS total,
             coalesce((SELECT max(open_day) > ?2 FROM raw_customer), 0) AS partial,
             coalesce((SELECT has_money FROM feat_window WHERE made = ?1), 0) AS has_money);
