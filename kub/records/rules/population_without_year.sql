-- A warning: a population without its year cannot be chosen as the nearest one.
SELECT 'programme' AS "table", _row, 'population' AS field FROM programme
WHERE population IS NOT NULL AND population_year IS NULL
UNION ALL
SELECT 'village', _row, 'population' FROM village
WHERE population IS NOT NULL AND population_year IS NULL
