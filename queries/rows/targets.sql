SELECT indicator, year, if(indicator = 'perempuan', round(value / 100, 12), value) AS value,
  sheet_of($programme, 'target', source_row) AS sheet, source_row,
  file_of($programme, 'target', source_row) AS file
FROM target WHERE programme_id = $programme ORDER BY indicator, year;
