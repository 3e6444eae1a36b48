WITH here AS (FROM village_facts_in_scope($programme, $districts, $villages, $sectors)
  WHERE year = (SELECT year FROM year_in_scope($programme, $until)))
SELECT v.village_code, v.village, v.district, coalesce(sum(kub), 0)::BIGINT AS kub,
  shown(sum(mark), coalesce(sum(members), 0))::BIGINT AS members,
  shown(sum(women_mark), sum(women) / nullif(sum(women_members), 0)) AS women_share,
  (arg_max(sector, (kub, -enum_code(sector)::INTEGER))
    FILTER (WHERE kub > 0))::VARCHAR AS main_sector,
  min(first_founded_on) AS first_founded_on, max(last_founded_on) AS last_founded_on, v.population,
  coalesce(sum(kub), 0) / nullif(v.population, 0) * 10000 AS kub_per_10k,
  v.population_year, coalesce(sum(unreported), 0)::BIGINT AS unreported, v.is_target,
  coalesce(sum(women_mark), 0) <> 0 AS withheld
FROM villages_in_scope($programme, $districts, $villages, $denominator) v
LEFT JOIN here USING (village_code)
GROUP BY v.village_code, v.village, v.district, v.population, v.population_year, v.is_target
ORDER BY v.village_code;
