SELECT s.visited_on, s.institution, s.regency_code, coalesce(r.regency, s.regency_code) AS regency,
  s.participants,
  sheet_of($programme, 'study_visit', s.source_row) AS sheet, s.source_row,
  file_of($programme, 'study_visit', s.source_row) AS file
FROM study_visit s LEFT JOIN official_regency r USING (regency_code)
WHERE s.programme_id = $programme AND between_years($since, $until, year(s.visited_on))
ORDER BY s.visited_on, s.source_row;
