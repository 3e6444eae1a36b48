-- Reports that state revenue in any of the years listed.
SELECT year, kub_id, name, sheet_of($programme, 'kub_report', source_row) AS sheet, source_row,
  reported_on, revenue_idr,
  village_code, village, district, sector, file_of($programme, 'kub_report', source_row) AS file
FROM stated_revenue($programme, $districts, $villages, $sectors, $since, $until)
ORDER BY year DESC, district, village_code, name, kub_id, reported_on;
