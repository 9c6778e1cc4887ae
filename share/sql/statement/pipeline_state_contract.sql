-- about: the contracts that are live, for recipes
SELECT group_concat(entity || ':' || version, ' ') FROM (SELECT entity, max(version) AS version FROM contract_version GROUP BY entity ORDER BY entity);
