-- The KUB active at the as-of date with the report that counts of each: their number is `kub`, the
-- sum of their members `members`.
SELECT kub_id, name,
  sheet_of($programme, 'kub_report', report_row) AS report_sheet, report_row, reported_on, members,
  women, withheld,
  sheet_of($programme, 'kub', source_row) AS sheet, source_row,
  village_code, village, district, sector, founded_on,
  file_of($programme, 'kub_report', report_row) AS report_file,
  file_of($programme, 'kub', source_row) AS file
FROM counted_kub($programme, $districts, $villages, $sectors, $until)
ORDER BY district, village_code, name, kub_id;
