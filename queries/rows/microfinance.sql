-- Microfinance units with their reports up to the as-of date, the newest first.
SELECT u.lkm_id, u.name, sheet_of($programme, 'lkm_report', r.source_row) AS report_sheet,
  r.source_row AS report_row, r.reported_on, r.customers, r.savings_idr, r.loans_idr, r.overdue_idr,
  r.assets_idr, sheet_of($programme, 'lkm', u.source_row) AS sheet, u.source_row,
  u.village_code, u.village, u.district, u.founded_on,
  file_of($programme, 'lkm_report', r.source_row) AS report_file,
  file_of($programme, 'lkm', u.source_row) AS file
FROM lkm_in_scope($programme, $districts, $villages) u
LEFT JOIN lkm_report r ON r.programme_id = $programme AND r.lkm_id = u.lkm_id
  AND r.reported_on <= ends_in_scope($programme, $until)
WHERE u.since_on IS NULL OR u.since_on <= ends_in_scope($programme, $until)
ORDER BY u.lkm_id, r.reported_on DESC NULLS LAST;
