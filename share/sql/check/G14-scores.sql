-- about: scores are finite and at least 0, probabilities lie in 0..1, the low end of an interval is not above the high one
-- table: score_customer
-- severity: stop
-- threshold: every score
-- bind: made, features, rows
-- sentence: of {total} scores {infinite} are not finite, {negative} below 0, {unlikely} have a probability outside 0..1, {crossed} an interval upside down, {missing} lack money that others have
-- todo: 'show model_fit' shows the model that scored; the last good results stay as they are
WITH money AS MATERIALIZED ( -- has any score money?
  SELECT EXISTS (SELECT 1 FROM score_customer
                 WHERE made = ?1 AND coalesce(expected_value, clv, clv_low, clv_high) IS NOT NULL) AS there
), suspect AS MATERIALIZED ( -- few, if any: comparisons end at the first that fails, 1.79...e308 is the largest number
  SELECT s.*
  FROM score_customer s
  WHERE s.made = ?1
    AND NOT (s.p_alive BETWEEN 0 AND 1 AND s.p_no_purchase BETWEEN 0 AND 1
             AND s.expected_purchases BETWEEN 0 AND 1.7976931348623157e308 AND s.expected_30d BETWEEN 0 AND 1.7976931348623157e308
             AND s.worth BETWEEN 0 AND 1.7976931348623157e308
             AND coalesce(s.expected_value BETWEEN 0 AND 1.7976931348623157e308, NOT (SELECT there FROM money))
             AND coalesce(s.clv BETWEEN 0 AND 1.7976931348623157e308, NOT (SELECT there FROM money))
             AND coalesce(s.clv_low BETWEEN 0 AND s.clv_high, NOT (SELECT there FROM money))
             AND coalesce(s.clv_high <= 1.7976931348623157e308, NOT (SELECT there FROM money))
             AND coalesce(s.at_risk BETWEEN 0 AND 1.7976931348623157e308, 1)
             AND coalesce(s.already_lost BETWEEN 0 AND 1.7976931348623157e308, 1))
), n AS (
  SELECT count(*) FILTER (WHERE max(abs(expected_purchases), abs(expected_30d), abs(worth), abs(coalesce(expected_value, 0)),
                                    abs(coalesce(clv, 0)), abs(coalesce(clv_low, 0)), abs(coalesce(clv_high, 0)),
                                    abs(coalesce(at_risk, 0)), abs(coalesce(already_lost, 0)), abs(p_alive), abs(p_no_purchase))
                                > 1.7976931348623157e308) AS infinite,
         count(*) FILTER (WHERE min(expected_purchases, expected_30d, worth, coalesce(expected_value, 0), coalesce(clv, 0),
                                    coalesce(clv_low, 0), coalesce(at_risk, 0), coalesce(already_lost, 0)) < 0) AS negative,
         count(*) FILTER (WHERE NOT (p_alive BETWEEN 0 AND 1 AND p_no_purchase BETWEEN 0 AND 1)) AS unlikely,
         count(*) FILTER (WHERE clv_low > clv_high) AS crossed,
         count(*) FILTER (WHERE expected_value IS NULL OR clv IS NULL OR clv_low IS NULL OR clv_high IS NULL) *
         (SELECT there FROM money) AS missing
  FROM suspect
)
SELECT max(infinite, negative, unlikely, crossed, missing) AS hits, ?3 AS total, infinite, negative, unlikely, crossed, missing,
       CASE WHEN max(infinite, negative, unlikely, crossed, missing) > 0 THEN (
         SELECT json_group_array(customer_id)
         FROM (SELECT f.customer_id
               FROM suspect x JOIN feat_customer f ON f.made = ?2 AND f.customer = x.customer
               ORDER BY x.customer LIMIT 5)) END AS examples
FROM n;
