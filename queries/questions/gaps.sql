SELECT village_code, village, district, district_code, is_target
FROM villages_in_scope($programme, $districts, $villages, $denominator)
WHERE village_code NOT IN (SELECT village_code
  FROM village_facts_in_scope($programme, $districts, $villages, $sectors)
  WHERE year = (SELECT year FROM year_in_scope($programme, $until)) AND kub > 0)
  ORDER BY village_code;
