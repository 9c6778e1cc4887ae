-- about: what one execution of the features spans, and the currency
SELECT w.as_of, w.first_day, w.customers, w.has_money, w.decimals,
       coalesce((SELECT value FROM store_fact WHERE key = 'currency'), '')
FROM feat_window w
WHERE w.made = ?1;
