SELECT awarded_on, award, awarding_body, source,
  sheet_of($programme, 'award', source_row) AS sheet, source_row,
  file_of($programme, 'award', source_row) AS file
FROM award
WHERE programme_id = $programme AND between_years($since, $until, year(awarded_on))
ORDER BY awarded_on, source_row;
