WITH place AS (
  SELECT district_code, village_code, any_value(district) AS district,
    listed($denominator, bool_or(is_target)) AS listed, sum(kub) AS kub
  FROM shown_fact
  WHERE programme_id = $programme AND level = 'village' AND in_year($until, asked_from, asked_to)
    AND village_code IS NOT NULL
    AND in_places($districts, $villages, district_code, village_code)
    AND (frame OR chosen($sectors, sector))
  GROUP BY district_code, village_code)
SELECT district_code, any_value(district) AS district, count(*) FILTER (WHERE listed) AS villages,
  count(*) FILTER (WHERE listed AND kub > 0) AS covered, covered / nullif(villages, 0) AS share,
  sum(kub)::BIGINT AS kub
FROM place GROUP BY district_code HAVING villages > 0 ORDER BY district_code;
