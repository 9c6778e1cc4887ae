-- about: customers and their value by an attribute: show attribute NAME; many numbers or days are five groups of equal size, names of people one
-- reads: attribute, attribute_value, customer_attribute, mart_value_score, mart_value_history, store_unit
-- param: name attribute required the attribute ('show attributes' lists them)
-- column: value text - of the attribute; (none): not known
-- column: customers count - with a score
-- column: customer_share share - of all customers with a score
-- column: repeat_share share - of them, who bought on more than one day
-- column: revenue money - net of all their rows
-- column: mean_p_alive share - mean probability that they still buy
-- column: expected_purchases real - in the horizon, a customer
-- column: clv money - predicted value of them all
-- column: mean_clv money - of one
-- column: clv_share share - of the predicted value of all
WITH a AS MATERIALIZED (SELECT attribute, CASE WHEN personal THEN 'personal' ELSE type END AS type FROM attribute WHERE name = :name),
rows_of AS (
  SELECT c.value, count(*) AS customers, sum(f.frequency > 0) AS repeats, sum(f.revenue_minor) AS minor, sum(s.p_alive) AS p_alive,
         sum(s.expected_purchases) AS expected, sum(s.clv) AS clv, sum(s.worth) AS worth
  FROM mart_value_score s
  CROSS JOIN mart_value_history f ON f.customer = s.customer
  LEFT JOIN customer_attribute c ON c.attribute = (SELECT attribute FROM a) AND c.customer = s.customer
  GROUP BY c.value
), valued AS MATERIALIZED (
  SELECT r.*, v.text, v.number FROM rows_of r LEFT JOIN attribute_value v ON v.attribute = (SELECT attribute FROM a) AND v.value = r.value
), placed AS (
  SELECT v.*, (SELECT type FROM a) AS type,
         CASE WHEN v.number IS NOT NULL AND (SELECT count(DISTINCT number) FROM valued) > 12
              THEN CAST(5 * (sum(v.customers) OVER (PARTITION BY v.number IS NULL ORDER BY v.number) - 0.5 * v.customers)
                          / (SELECT sum(customers) FROM valued WHERE number IS NOT NULL) AS INTEGER) END AS bin
  FROM valued v
), grouped AS MATERIALIZED (
  SELECT CASE WHEN value IS NULL THEN '(none)' WHEN type = 'personal' THEN '(known)' WHEN type = 'text' THEN text
              WHEN type = 'day' THEN date(min(number) * 86400, 'unixepoch') || CASE WHEN max(number) > min(number) THEN ' to ' || date(max(number) * 86400, 'unixepoch') ELSE '' END
              ELSE printf('%.6g', min(number)) || CASE WHEN max(number) > min(number) THEN printf(' to %.6g', max(number)) ELSE '' END END AS label,
         value IS NULL AS last, CASE WHEN type IN ('text', 'personal') THEN NULL ELSE min(number) END AS place,
         sum(customers) AS customers, sum(repeats) AS repeats, sum(minor) AS minor, sum(p_alive) AS p_alive, sum(expected) AS expected,
         sum(clv) AS clv, sum(worth) AS worth
  FROM placed GROUP BY value IS NULL, coalesce(CASE WHEN type = 'personal' THEN '' END, 'bin ' || bin, 'number ' || number, 'text ' || text)
)
SELECT label AS value, customers, CAST(customers AS REAL) / sum(customers) OVER () AS customer_share,
       CAST(repeats AS REAL) / customers AS repeat_share, minor / (SELECT scale FROM store_unit) AS revenue, p_alive / customers AS mean_p_alive,
       expected / customers AS expected_purchases, clv, clv / customers AS mean_clv, clv / sum(clv) OVER () AS clv_share
FROM grouped
WHERE EXISTS (SELECT 1 FROM a)
ORDER BY last, place, worth DESC, label
