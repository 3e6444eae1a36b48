SELECT date, indicator, value, source,
  sheet_of($programme, 'published_figure', source_row) AS sheet, source_row,
  file_of($programme, 'published_figure', source_row) AS file
FROM published_figure
WHERE programme_id = $programme AND between_years($since, $until, year(date))
ORDER BY date, indicator, source;
