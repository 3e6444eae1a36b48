-- Reports that state revenue in the year asked for. What a single KUB earned is the analyst's alone.
SELECT kub_id, name, sheet_of($programme, 'kub_report', source_row) AS sheet, source_row,
  reported_on, revenue_idr,
  village_code, village, district, sector, file_of($programme, 'kub_report', source_row) AS file
FROM stated_revenue($programme, $districts, $villages, $sectors,
  (SELECT year FROM year_in_scope($programme, $until)),
  (SELECT year FROM year_in_scope($programme, $until)))
ORDER BY district, village_code, name, kub_id, reported_on;
