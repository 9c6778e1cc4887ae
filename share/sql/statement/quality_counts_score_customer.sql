-- about: how many customers have features, as their gate counted them
-- bind: features
SELECT coalesce((SELECT rows FROM qc_gate WHERE table_name = 'feat_customer' AND made = ?1),
                (SELECT count(*) FROM feat_customer WHERE made = ?1)) AS customers;
