WITH here AS (
  SELECT year, district_code, sum(kub)::BIGINT AS kub,
    shown(sum(mark), sum(members))::BIGINT AS members, sum(founded)::BIGINT AS founded,
    sum(closed)::BIGINT AS closed
  FROM village_facts_in_scope($programme, $districts, $villages, $sectors)
  JOIN years_in_scope($programme, $since, $until) USING (year) GROUP BY year, district_code),
district AS (SELECT DISTINCT district_code, district FROM places_in_scope($programme, [], [])
  WHERE district_code IN (SELECT district_code FROM here))
SELECT y.year, d.district_code, d.district, coalesce(kub, 0) AS kub,
  if(here.year IS NULL, 0, members) AS members, coalesce(founded, 0) AS founded,
  coalesce(closed, 0) AS closed
FROM years_in_scope($programme, $since, $until) y CROSS JOIN district d
LEFT JOIN here USING (year, district_code) ORDER BY d.district_code, y.year;
