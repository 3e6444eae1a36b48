-- How near each loaded programme of another regency is to the subject: the first guest, else the
-- own programme. Distance: mean, over what is known of both, of |ln ratio| (population, villages,
-- density) and of the difference in the share of kelurahan. Ratios are theirs over the subject's.
-- Rank 1 is the nearest; equally near ones share a rank.
WITH loaded AS MATERIALIZED (
  SELECT p.programme_id, p.regency, p.regency_code, p.is_sample, p.position, m.as_of,
    residents_at(p.programme_id, m.year) AS residents
  FROM programme p JOIN moments($until) m USING (programme_id)),
place AS (
  SELECT programme_id AS programme, regency, regency_code, is_sample, false AS declared, position,
    as_of, residents['population'] AS population,
    residents['year'] AS population_year, villages, kelurahan
  FROM loaded LEFT JOIN ready.village_count USING (programme_id)
  UNION ALL BY NAME
  SELECT programme, regency, regency_code, false AS is_sample, true AS declared,
    row_number() OVER () AS position, as_of, population, population_year, villages, kelurahan
  FROM guest_figures($guests)),
known AS (
  SELECT p.*, least(kelurahan, villages) / nullif(villages, 0) AS kelurahan_share,
    population / area_km2 AS density
  FROM place p LEFT JOIN (SELECT regency_code, area_km2 FROM regencies) USING (regency_code)),
subject AS (FROM known WHERE declared OR programme = $programme ORDER BY declared DESC, position
  LIMIT 1),
beside AS (
  SELECT k.*, s.regency AS subject,
    nullif(k.population, 0) / nullif(s.population, 0) AS population_ratio,
    nullif(k.villages, 0) / nullif(s.villages, 0) AS villages_ratio,
    nullif(k.density, 0) / nullif(s.density, 0) AS density_ratio,
    k.kelurahan_share - s.kelurahan_share AS kelurahan_difference,
    [abs(ln(population_ratio)), abs(ln(villages_ratio)), abs(ln(density_ratio)),
      abs(kelurahan_difference)] AS parts
  FROM known k, subject s WHERE NOT k.declared AND k.regency_code <> s.regency_code),
-- The last bit of a logarithm may not part two that are equally near.
measured AS (SELECT *, list_avg(parts) AS distance, list_count(parts) AS shared,
  round(distance, 9) AS step FROM beside)
SELECT programme, regency, if(distance IS NULL, NULL,
  rank() OVER (ORDER BY step NULLS LAST)) AS near, distance, shared, population, population_year,
  population_ratio,
  villages, villages_ratio, kelurahan_share, kelurahan_difference, density, density_ratio, as_of,
  is_sample, declared, subject
FROM measured ORDER BY step NULLS LAST, position;
