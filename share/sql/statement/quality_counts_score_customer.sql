-- about: how many customers have features
-- bind: features
SELECT count(*) AS customers FROM feat_customer WHERE made = ?1;
