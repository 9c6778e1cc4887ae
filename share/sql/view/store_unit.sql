-- about: the currency of the store and what a minor unit is worth
-- reads: store_fact
-- column: currency text - three letters, empty when it is not known
-- column: decimals count - of the minor unit
-- column: scale real - minor units in one of the currency
CREATE VIEW store_unit AS
SELECT coalesce((SELECT value FROM store_fact WHERE key = 'currency'), '') AS currency,
       CAST(coalesce((SELECT value FROM store_fact WHERE key = 'decimals'), '2') AS INTEGER) AS decimals,
       CASE coalesce((SELECT value FROM store_fact WHERE key = 'decimals'), '2')
         WHEN '0' THEN 1.0 WHEN '1' THEN 10.0 WHEN '2' THEN 100.0 WHEN '3' THEN 1000.0 ELSE 10000.0 END AS scale;
