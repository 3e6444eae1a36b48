SELECT village_code, any_value(village) AS village, any_value(district) AS district,
  sum(kub)::BIGINT AS kub, shown(sum(mark), sum(members))::BIGINT AS members,
  shown(sum(women_mark), sum(women) / nullif(sum(women_members), 0)) AS women_share,
  (arg_max(sector, (kub, -enum_code(sector)::INTEGER))
    FILTER (WHERE kub > 0))::VARCHAR AS main_sector,
  min(first_founded_on) AS first_founded_on, max(last_founded_on) AS last_founded_on,
  any_value(population) AS population, sum(kub) / nullif(any_value(population), 0) * 10000
    AS kub_per_10k,
  any_value(population_year) AS population_year, sum(unreported)::BIGINT AS unreported,
  any_value(is_target) AS is_target, sum(women_mark) <> 0 AS withheld
FROM shown_fact
WHERE programme_id = $programme AND level = 'village' AND in_year($until, asked_from, asked_to)
  AND village_code IS NOT NULL AND listed($denominator, is_target)
  AND in_places($districts, $villages, district_code, village_code)
  AND (frame OR chosen($sectors, sector))
GROUP BY village_code ORDER BY village_code;
