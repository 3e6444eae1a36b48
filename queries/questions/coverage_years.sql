WITH place AS (
  SELECT year, village_code, any_value(as_of) AS as_of, any_value(provisional) AS provisional,
    sum(kub) AS kub
  FROM shown_fact
  WHERE programme_id = $programme AND level = 'village'
    AND (village_code IS NULL AND year IS NOT NULL OR listed($denominator, is_target))
    AND coalesce(between_years($since, $until, year), village_code IS NOT NULL)
    AND in_places($districts, $villages, district_code, village_code)
    AND (frame OR chosen($sectors, sector))
  GROUP BY year, village_code)
SELECT year, any_value(as_of) AS as_of, any_value(provisional) AS provisional,
  -- Villages stand on frames without a year.
  (sum(count(*) FILTER (WHERE year IS NULL)) OVER ())::BIGINT AS villages,
  count(*) FILTER (WHERE kub > 0 AND year IS NOT NULL) AS covered,
  covered / nullif(villages, 0) AS share
FROM place GROUP BY year QUALIFY year IS NOT NULL ORDER BY year;
