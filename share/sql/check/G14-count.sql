-- about: every customer with features has a score
-- table: score_customer
-- severity: stop
-- threshold: one score a customer
-- bind: rows, customers
-- sentence: {rows} scores for {total} customers with features
-- todo: 'show model_fit' shows the model that scored; the last good results stay as they are
SELECT abs(?1 - ?2) AS hits, ?2 AS total;
