-- about: how many customers have a score, and how many have features
-- bind: made, features
SELECT (SELECT count(*) FROM score_customer WHERE made = ?1) AS rows,
       (SELECT count(*) FROM feat_customer WHERE made = ?2) AS customers;
