WITH active AS (SELECT DISTINCT year, village_code
  FROM village_facts_in_scope($programme, $districts, $villages, $sectors) WHERE kub > 0),
place AS (SELECT village_code, count(*) OVER () AS villages
  FROM villages_in_scope($programme, $districts, $villages, $denominator)),
covered AS (SELECT year, count(*) AS covered FROM active JOIN place USING (village_code)
  GROUP BY year)
SELECT y.year, y.as_of, y.provisional, coalesce(p.villages, 0) AS villages,
  coalesce(c.covered, 0) AS covered, coalesce(c.covered, 0) / p.villages AS share
FROM years_in_scope($programme, $since, $until) y
LEFT JOIN (SELECT any_value(villages) AS villages FROM place) p ON true
LEFT JOIN covered c USING (year) ORDER BY y.year;
