-- The KUB active at the as-of date with the report that counts of each: their number is `kub`, the
-- sum of their members `members`.
SELECT * EXCLUDE (report_row, source_row),
  sheet_of($programme, 'kub_report', report_row) AS report_sheet, report_row,
  file_of($programme, 'kub_report', report_row) AS report_file,
  sheet_of($programme, 'kub', source_row) AS sheet, source_row,
  file_of($programme, 'kub', source_row) AS file
FROM counted_kub($programme, $districts, $villages, $sectors, $until)
ORDER BY district, village_code, name, kub_id;
