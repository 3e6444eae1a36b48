-- Libraries open at each year's end, their newest collections together, and the visits of the year,
-- also per library and per 1,000 residents; residents are those of the whole regency, so there is
-- no such rate where only some of its places are chosen.
WITH y AS (FROM years_in_scope($programme, $since, $until)),
state AS (
  SELECT y.year, y.as_of, y.provisional, l.library_id, l.opened_on, r.books
  FROM y LEFT JOIN libraries_in_scope($programme, $districts, $villages) l ON l.opened_on <= y.as_of
  ASOF LEFT JOIN (FROM library_report WHERE programme_id = $programme AND books IS NOT NULL) r
  ON r.library_id = l.library_id AND r.reported_on <= y.as_of),
seen AS (
  SELECT y.year, sum(r.visits)::BIGINT AS visits FROM y
  JOIN library_report r ON r.programme_id = $programme AND year(r.reported_on) = y.year
    AND r.reported_on <= y.as_of
  JOIN libraries_in_scope($programme, $districts, $villages) l ON l.library_id = r.library_id
    AND l.opened_on <= y.as_of GROUP BY y.year),
open AS (
  SELECT year, as_of, provisional, count(*) FILTER (WHERE year(opened_on) = year) AS opened,
    count(library_id) AS libraries, sum(books)::BIGINT AS books FROM state GROUP BY ALL),
-- A macro with a subquery inside may not be asked per row of an aggregate.
near AS (SELECT year, if(len($districts) = 0 AND len($villages) = 0, residents_at($programme, year),
  NULL) AS residents FROM y)
SELECT o.year, o.as_of, o.provisional, o.opened, o.libraries, o.books, s.visits,
  s.visits / nullif(o.libraries, 0) AS visits_per_library,
  s.visits / nullif(n.residents.population, 0) * 1000 AS visits_per_1k,
  n.residents.population AS population, n.residents.year AS population_year
FROM open o LEFT JOIN seen s USING (year) LEFT JOIN near n USING (year) ORDER BY o.year;
