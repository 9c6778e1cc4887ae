-- about: amounts in every file or in none, in one currency
-- table: raw_customer
-- severity: warn
-- threshold: all files or none
-- sentence: {with_money} of {total} files have amounts, in {currency}{remark}
-- todo: import files with amounts only, or keep the two kinds in two stores
SELECT CASE WHEN with_money > 0 THEN total - with_money ELSE 0 END AS hits,
       total, with_money,
       coalesce((SELECT nullif(value, '') FROM store_fact WHERE key = 'currency'), 'a currency that is not named') AS currency,
       CASE WHEN with_money > 0 AND with_money < total
            THEN '; purchases are modelled, money is not: it is not in all of the data' ELSE '' END AS remark,
       (SELECT json_group_array(name)
        FROM (SELECT name FROM raw_file WHERE status = 'accepted' AND NOT has_money ORDER BY file_id LIMIT 5)) AS examples
FROM (SELECT count(*) AS total, count(*) FILTER (WHERE has_money) AS with_money FROM raw_file WHERE status = 'accepted');
