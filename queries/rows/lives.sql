-- All KUB founded by the as-of date, also those that had closed by then.
SELECT kub_id, name, sheet_of($programme, 'kub', source_row) AS sheet, source_row, founded_on,
  if(closed_on <= as_of_year($until, newest_on), closed_on, NULL) AS closed_on,
  village_code, village, district, sector::VARCHAR AS sector,
  file_of($programme, 'kub', source_row) AS file
FROM shown_kub
WHERE programme_id = $programme AND founded_on <= as_of_year($until, newest_on)
  AND in_places($districts, $villages, district_code, village_code) AND chosen($sectors, sector)
ORDER BY founded_on, kub_id;
