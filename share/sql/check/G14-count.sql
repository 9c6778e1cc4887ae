-- about: every customer with features has a score
-- table: score_customer
-- severity: stop
-- threshold: one score a customer
-- bind: made, features
-- sentence: {scores} scores for {total} customers with features
-- todo: 'show model_fit' shows the model that scored; the last good results stay as they are
SELECT abs(scores - total) AS hits, total, scores
FROM (SELECT (SELECT count(*) FROM score_customer WHERE made = ?1) AS scores,
             (SELECT count(*) FROM feat_customer WHERE made = ?2) AS total);
