WITH y AS (FROM year_in_scope($programme, $until)),
by_sector AS (
  SELECT sector, sum(kub)::BIGINT AS kub, sum(members)::BIGINT AS members,
    sum(women)::BIGINT AS women, sum(women_members)::BIGINT AS women_members,
         sum(reported)::BIGINT AS reported, sum(unreported)::BIGINT AS unreported,
         sum(founded)::BIGINT AS founded, sum(closed)::BIGINT AS closed, sum(mark) AS mark,
         sum(women_mark) AS women_mark
  FROM facts_in_scope($programme, $districts, $villages, $sectors) WHERE year = (SELECT year FROM y)
  GROUP BY sector),
place AS (
  SELECT count(*) AS villages, count(*) FILTER (WHERE village_code IN (
    SELECT village_code FROM village_facts_in_scope($programme, $districts, $villages, $sectors)
    WHERE year = (SELECT year FROM y) AND kub > 0)) AS villages_covered
  FROM villages_in_scope($programme, $districts, $villages, $denominator))
SELECT $programme::VARCHAR AS programme, y.as_of, y.provisional,
  coalesce(sum(kub), 0)::BIGINT AS kub,
  shown(sum(mark), coalesce(sum(members), 0))::BIGINT AS members,
  shown(sum(mark), sum(members) / nullif(sum(kub), 0)) AS members_per_kub,
  shown(sum(women_mark), sum(women) / nullif(sum(women_members), 0)) AS women_share,
  shown(sum(mark), shown(sum(women_mark),
    sum(women_members) / nullif(sum(members), 0))) AS women_known_share,
  any_value(villages) AS villages, any_value(villages_covered) AS villages_covered,
  any_value(villages_covered) / nullif(any_value(villages), 0) AS coverage,
  count(*) FILTER (WHERE kub > 0) AS sectors,
  coalesce(sum(reported), 0)::BIGINT AS reported,
  coalesce(sum(unreported), 0)::BIGINT AS unreported,
  coalesce(sum(founded), 0)::BIGINT AS founded, coalesce(sum(closed), 0)::BIGINT AS closed,
  effective_number(list(kub) FILTER (WHERE kub > 0)) AS diversity,
  coalesce(sum(women_mark), 0) <> 0 AS withheld
FROM y CROSS JOIN place LEFT JOIN by_sector ON true GROUP BY y.as_of, y.provisional;
