-- Libraries open at the as-of date with their reports up to it, the newest first.
SELECT l.library_id, l.name,
  sheet_of($programme, 'library_report', r.source_row) AS report_sheet, r.source_row AS report_row,
  r.reported_on, r.books, r.visits,
  sheet_of($programme, 'library', l.source_row) AS sheet, l.source_row,
  l.village_code, l.village, l.district, l.opened_on,
  file_of($programme, 'library_report', r.source_row) AS report_file,
  file_of($programme, 'library', l.source_row) AS file
FROM libraries_in_scope($programme, $districts, $villages) l
LEFT JOIN library_report r ON r.programme_id = $programme AND r.library_id = l.library_id
  AND r.reported_on <= ends_in_scope($programme, $until)
WHERE l.opened_on <= ends_in_scope($programme, $until)
ORDER BY l.library_id, r.reported_on DESC NULLS LAST;
