SELECT village_code, f.sector::VARCHAR AS sector, kub::BIGINT AS kub,
  shown(mark, members) AS members
FROM shown_fact f
WHERE programme_id = $programme AND level = 'village' AND in_year($until, asked_from, asked_to)
  AND kub > 0 AND in_places($districts, $villages, district_code, village_code)
  AND chosen($sectors, sector)
ORDER BY village_code, f.sector;
