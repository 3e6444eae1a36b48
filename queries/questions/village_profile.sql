-- What is known of each place itself, whatever the programme does there: for the map and the
-- profile of one village.
SELECT village_code, village, district_code, district, is_target, population, population_year, idm,
  idm_class, lat, lon
FROM village
WHERE programme_id = $programme AND in_places($districts, $villages, district_code, village_code)
ORDER BY village_code;
