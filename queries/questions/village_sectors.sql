SELECT village_code, f.sector::VARCHAR AS sector, kub::BIGINT AS kub,
  shown(mark, members) AS members
FROM village_facts_in_scope($programme, $districts, $villages, $sectors) f
WHERE year = (SELECT year FROM year_in_scope($programme, $until)) AND kub > 0
ORDER BY village_code, f.sector;
