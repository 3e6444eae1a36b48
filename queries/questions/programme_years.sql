-- Each year of each programme, also counted from its first founding: age 1 is that year.
WITH y AS (
  SELECT p.programme_id AS programme, p.regency, p.regency_code, p.is_sample, false AS declared,
    p.position, y.year, y.year - min(y.year) OVER (PARTITION BY y.programme_id) + 1 AS age,
    y.as_of, y.provisional, coalesce(s.founded, 0) AS founded, coalesce(s.kub, 0) AS kub,
    shown(s.mark, coalesce(s.members, 0)) AS members,
    residents_at(p.programme_id, y.year) AS residents, if($denominator = 'regency',
      (SELECT villages FROM ready.village_count v WHERE v.programme_id = p.programme_id),
      (SELECT count(*) FROM village v WHERE v.programme_id = p.programme_id AND v.is_target))
      AS villages
  FROM programme p JOIN compared($programme, $peers) USING (programme_id)
  JOIN programme_year y USING (programme_id)
  LEFT JOIN (SELECT programme_id, year, sum(founded)::BIGINT AS founded, sum(kub)::BIGINT AS kub,
    sum(members)::BIGINT AS members, sum(mark) AS mark
    FROM facts_of('programme') WHERE chosen($sectors, sector) GROUP BY ALL) s
      USING (programme_id, year)
  UNION ALL BY NAME
  SELECT programme, regency, regency_code, false AS is_sample, true AS declared, position, y.year,
    y.year - first_year + 1 AS age, y.as_of, y.provisional, y.founded, y.kub, y.members,
    {'population': population, 'year': population_year} AS residents, villages
  FROM (SELECT * EXCLUDE years, unnest(years) AS y
    FROM (SELECT *, 1000000 + row_number() OVER () AS position FROM guest_figures($guests))))
SELECT programme, year, age, as_of, provisional, founded, kub, members,
  kub / nullif(residents.population, 0) * 10000 AS kub_per_10k,
  members / nullif(residents.population, 0) * 1000 AS members_per_1k,
  kub / nullif(villages, 0) AS kub_per_village,
  members / nullif(villages, 0) AS members_per_village,
  residents.population AS population, residents.year AS population_year, regency, is_sample,
  declared
FROM y WHERE year >= coalesce($since::INTEGER, year) AND year <= coalesce($until::INTEGER, year)
  OR declared ORDER BY position, year;
