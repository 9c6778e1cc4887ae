-- about: left truncation: customers who bought before the data begin look as if they came in the first month
-- table: feat_customer
-- severity: warn
-- threshold: at most {gate.first_month_times} times the median of the months after it in which customers still come, when there are three or more
-- bind: made, gate.first_month_times, as_of, rows
-- sentence: {hits} of {total} customers first bought in the first 30 days of the data ({percent} %){later}{remark}
-- todo: import the history before; without it, customers of the first month are older than their T says
WITH RECURSIVE w AS MATERIALIZED (
  SELECT first_day, (?3 - first_day + 1) / 30 AS span,
         min((?3 - first_day + 1) / 30, ((SELECT max(day) FROM feat_day WHERE made = ?1 AND fresh > 0) - first_day) / 30 + 1) AS months
  FROM feat_window WHERE made = ?1
),
month(k) AS (SELECT 0 FROM w WHERE months > 0 UNION ALL SELECT k + 1 FROM month, w WHERE k + 1 < months),
came AS MATERIALIZED (
  SELECT m.k, coalesce(sum(d.fresh), 0) AS n
  FROM w CROSS JOIN month m
  LEFT JOIN feat_day d ON d.made = ?1 AND d.day >= w.first_day + 30 * m.k AND d.day < w.first_day + 30 * (m.k + 1)
  GROUP BY m.k
),
-- The median of the months after each one that has three of them.
after AS MATERIALIZED (
  SELECT c.k, c.n, (SELECT avg(n) FROM (SELECT n, row_number() OVER (ORDER BY n) AS place, count(*) OVER () AS months FROM came WHERE k > c.k)
                     WHERE place IN ((months + 1) / 2, (months + 2) / 2)) AS median
  FROM came c, w WHERE c.k < w.months - 3
),
found AS (
  SELECT coalesce((SELECT n FROM came WHERE k = 0), 0) AS early, (SELECT median FROM after WHERE k = 0) AS median,
         (SELECT n > ?2 * median FROM after WHERE k = 0) AS truncated,
         (SELECT months = 1 AND span >= 6 FROM w) AS cohort,
         (SELECT date((first_day + 30 * min(a.k)) * 86400, 'unixepoch') FROM after a, w WHERE a.k > 0 AND a.n <= ?2 * a.median) AS from_day
)
SELECT early AS hits, ?4 AS total, printf('%.2f', 100.0 * early / max(1, ?4)) AS percent,
       CASE WHEN truncated OR cohort THEN 'warn' WHEN truncated IS NULL THEN 'skip' ELSE 'pass' END AS verdict,
       CASE WHEN median IS NOT NULL THEN printf(', a median of %.15g in each 30 days after them', median) ELSE '' END AS later,
       CASE WHEN cohort THEN ': one cohort only'
            WHEN truncated AND from_day IS NULL THEN ': the history began before the data do'
            WHEN truncated THEN ': the history began before the data do; --cohort-from ' || from_day || ' counts only customers who came from that day on'
            ELSE '' END AS remark
FROM found;
