WITH cell AS (
  SELECT year, district_code, any_value(district) AS district, sum(kub)::BIGINT AS kub,
    shown(sum(mark), sum(members))::BIGINT AS members, sum(founded)::BIGINT AS founded,
    sum(closed)::BIGINT AS closed, bool_and(frame) AS empty
  FROM shown_fact
  WHERE programme_id = $programme AND level = if(len($villages) > 0, 'village', 'district')
    AND between_years($since, $until, year) AND district_code IS NOT NULL
    AND in_places($districts, $villages, district_code, village_code)
    AND (frame OR chosen($sectors, sector))
  GROUP BY year, district_code),
-- All years of the districts that have any facts in them; a window would cost twice as much.
district AS (SELECT list(cell) AS cells FROM cell GROUP BY district_code HAVING NOT bool_and(empty))
SELECT * EXCLUDE empty FROM (SELECT unnest(cells, max_depth := 2) FROM district)
ORDER BY district_code, year;
