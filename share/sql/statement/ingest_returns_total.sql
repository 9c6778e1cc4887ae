-- about: all returns that were looked at, and what was found
SELECT count(*), coalesce(sum(matched_minor = amount_minor), 0), coalesce(sum(matched_minor <> 0 AND matched_minor > amount_minor), 0),
       coalesce(sum(amount_minor), 0), coalesce(sum(matched_minor), 0)
FROM raw_return
