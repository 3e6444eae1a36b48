-- In which parts what questions read is packed: neighbouring programmes that live some $most years of
-- KUB together; where these are of one that lives more, a year at a time.
WITH programmes AS (
  SELECT programme_id, count(*) AS rows, sum(count(*)) OVER (ORDER BY programme_id) // $most AS part
  FROM kub_money GROUP BY programme_id),
parts AS (SELECT min(programme_id) AS first, max(programme_id) AS last, sum(rows) AS rows
  FROM programmes GROUP BY part),
years AS (SELECT year, lag(year, 1, -1) OVER (ORDER BY year) + 1 AS since,
  row_number() OVER (ORDER BY year DESC) = 1 AS is_last
  FROM (SELECT DISTINCT year FROM programme_year))
SELECT first, last, 0 AS since, 9999 AS until FROM parts WHERE rows <= 2 * $most
UNION ALL BY NAME
SELECT first, last, since, if(is_last, 9999, year) AS until FROM parts, years WHERE rows > 2 * $most
ORDER BY first, since;
