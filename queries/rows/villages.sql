-- The villages of the denominator: the official list, and what the sheet Desa says of them.
SELECT village_code, village, district_code, district, is_target, population, population_year,
  sheet_of($programme, 'village', source_row) AS sheet, source_row,
  file_of($programme, 'village', source_row) AS file
FROM villages_in_scope($programme, $districts, $villages, $denominator) ORDER BY village_code;
