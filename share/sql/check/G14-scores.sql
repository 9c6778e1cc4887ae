-- about: scores are finite and at least 0, probabilities lie in 0..1, the low end of an interval is not above the high one
-- table: score_customer
-- severity: stop
-- threshold: every score
-- bind: made, features, rows, suspects
-- sentence: of {total} scores {infinite} are not finite, {negative} below 0, {unlikely} have a probability outside 0..1, {crossed} an interval upside down, {missing} lack money that others have
-- todo: 'show model_fit' shows the model that scored; the last good results stay as they are
WITH fault AS MATERIALIZED ( -- looked for when a first look found any
  SELECT customer,
         max(abs(expected_purchases), abs(expected_30d), abs(worth), abs(coalesce(expected_value, 0)), abs(coalesce(clv, 0)),
             abs(coalesce(clv_low, 0)), abs(coalesce(clv_high, 0)), abs(coalesce(at_risk, 0)), abs(coalesce(already_lost, 0)),
             abs(p_alive), abs(p_no_purchase)) > 1.7976931348623157e308 AS infinite,
         min(expected_purchases, expected_30d, worth, coalesce(expected_value, 0), coalesce(clv, 0), coalesce(clv_low, 0),
             coalesce(at_risk, 0), coalesce(already_lost, 0)) < 0 AS negative,
         NOT (p_alive BETWEEN 0 AND 1 AND p_no_purchase BETWEEN 0 AND 1) AS unlikely,
         coalesce(clv_low > clv_high, 0) AS crossed,
         (expected_value IS NULL) + (clv IS NULL) + (clv_low IS NULL) + (clv_high IS NULL) AS empty
  FROM score_customer
  WHERE made = ?1 AND ?4 > 0
), n AS (
  SELECT coalesce(sum(infinite), 0) AS infinite, coalesce(sum(negative), 0) AS negative,
         coalesce(sum(unlikely), 0) AS unlikely, coalesce(sum(crossed), 0) AS crossed,
         CASE WHEN count(*) FILTER (WHERE empty = 4) = count(*) THEN 0 ELSE count(*) FILTER (WHERE empty > 0) END AS missing
  FROM fault
)
SELECT max(infinite, negative, unlikely, crossed, missing) AS hits, ?3 AS total, infinite, negative, unlikely, crossed, missing,
       CASE WHEN max(infinite, negative, unlikely, crossed, missing) > 0 THEN (
         SELECT json_group_array(customer_id)
         FROM (SELECT f.customer_id
               FROM fault x JOIN feat_customer f ON f.made = ?2 AND f.customer = x.customer
               WHERE x.infinite OR x.negative OR x.unlikely OR x.crossed OR (n.missing > 0 AND x.empty > 0)
               ORDER BY x.customer LIMIT 5)) END AS examples
FROM n;
