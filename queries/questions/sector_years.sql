SELECT year, sector::VARCHAR AS sector, sum(kub)::BIGINT AS kub,
  shown(sum(mark), sum(members))::BIGINT AS members
FROM shown_fact
WHERE programme_id = $programme AND level = level_of($districts, $villages)
  AND between_years($since, $until, year) AND sector IS NOT NULL
  AND in_places($districts, $villages, district_code, village_code)
  AND (frame OR chosen($sectors, sector))
GROUP BY year, shown_fact.sector ORDER BY year, shown_fact.sector;
