-- Each library open at the as-of date: its newest collection, and the visits of that year per 1,000
-- residents of its village.
WITH ends AS (SELECT ends_in_scope($programme, $until) AS as_of),
told AS (
  SELECT library_id, max(reported_on) AS reported_on,
    arg_max(books, reported_on) FILTER (WHERE books IS NOT NULL) AS books,
    sum(visits) FILTER (WHERE year(reported_on) = year(ends.as_of))::BIGINT AS visits
  FROM library_report, ends WHERE programme_id = $programme AND reported_on <= ends.as_of
  GROUP BY library_id)
SELECT l.library_id, l.name, l.village_code, l.village, l.district, l.opened_on, t.reported_on,
  t.books, t.visits, l.population, l.population_year,
  t.visits / nullif(l.population, 0) * 1000 AS visits_per_1k, coalesce(k.kub, 0) AS kub
FROM libraries_in_scope($programme, $districts, $villages) l LEFT JOIN told t USING (library_id)
LEFT JOIN kub_of_villages($programme, $districts, $villages, $sectors, $until) k
  USING (village_code)
WHERE l.opened_on <= (SELECT as_of FROM ends) ORDER BY l.opened_on, l.library_id;
