-- The residents by which rates are made: what the workbook states, else the reference file
-- (the macro residents_at).
SELECT year, arg_min(population, NOT from_workbook) AS population,
  arg_min(coalesce(source, ''), NOT from_workbook) AS source
FROM population
WHERE programme_id = $programme AND year IS NOT NULL
  AND from_workbook = (SELECT bool_or(from_workbook) FROM population
    WHERE programme_id = $programme AND year IS NOT NULL)
GROUP BY year ORDER BY year;
