-- about: tables and views of the store with their columns; views come first, they are made for people
-- reads: sqlite_schema
SELECT name, type
FROM (SELECT s.name AS owner, s.type = 'table' AS is_table, -1 AS place, s.name AS name, s.type AS type
      FROM sqlite_schema AS s
      WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite!_%' ESCAPE '!'
      UNION ALL
      SELECT s.name, s.type = 'table', c.cid, '  ' || c.name, lower(c.type)
      FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS c
      WHERE s.type IN ('table', 'view') AND s.name NOT LIKE 'sqlite!_%' ESCAPE '!')
ORDER BY is_table, owner, place
