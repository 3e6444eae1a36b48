-- What is known of each place itself, whatever the programme does there: for the map and the
-- profile of one village.
SELECT village_code, village, district_code, district, is_target, population, population_year, idm,
  idm_class, lat, lon
FROM places_in_scope($programme, $districts, $villages) ORDER BY village_code;
