SELECT village_code, any_value(village) AS village, any_value(district) AS district,
  any_value(district_code) AS district_code, any_value(is_target) AS is_target
FROM shown_fact
WHERE programme_id = $programme AND level = 'village' AND in_year($until, asked_from, asked_to)
  AND village_code IS NOT NULL AND listed($denominator, is_target)
  AND in_places($districts, $villages, district_code, village_code)
  AND (frame OR chosen($sectors, sector))
GROUP BY village_code HAVING max(kub) = 0 ORDER BY village_code;
