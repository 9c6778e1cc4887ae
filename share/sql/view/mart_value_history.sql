-- about: what the customers of the live run did: a part of mart_customer_value
-- reads: run_live_made, feat_customer
-- column: customer_id text - as in the file
-- column: frequency count - repeat purchase days
-- column: recency days days last less first purchase day
-- column: days_since_last days days from the last purchase day to the as-of day
-- column: t days days from the first purchase day to the as-of day
-- column: monetary money - mean net spend of repeat purchase days; 0 without repeats; missing: no money in this data, or set aside
-- column: first_purchase day - first purchase day
-- column: last_purchase day - last purchase day
-- column: orders count - sale rows
-- column: refunds count - refund rows
-- column: first_minor money - net of the first purchase day, minor units
-- column: repeat_minor money - net repeat spend, minor units
-- column: revenue_minor money - net of all rows, minor units
-- column: set_aside text - why the spend model cannot take the customer; missing: it can
-- column: customer count - number of the customer in raw_customer
CREATE VIEW mart_value_history AS
SELECT f.customer_id, f.frequency, f.recency, f.T - f.recency AS days_since_last, f.T AS t, f.monetary_value AS monetary,
       f.first_purchase, f.last_purchase, f.orders, f.refunds, f.first_minor, f.repeat_minor, f.revenue_minor, f.set_aside, f.customer
FROM feat_customer f
WHERE f.made = (SELECT made FROM run_live_made WHERE stage = 'features');
