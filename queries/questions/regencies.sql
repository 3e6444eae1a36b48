-- Regencies and cities to compare with, from the reference file, in its order: Batang first.
SELECT regency, population, population_year, villages, area_km2, population / area_km2 AS density,
  source FROM regencies ORDER BY position;
