-- The villages of the denominator: the official list, and what the sheet Desa says of them.
SELECT village_code, village, district_code, district,
  sheet_of($programme, 'village', source_row) AS sheet, source_row,
  is_target, population, population_year,
  file_of($programme, 'village', source_row) AS file
FROM villages_in_scope($programme, $districts, $villages, $denominator)
ORDER BY source_row IS NULL, village_code;
