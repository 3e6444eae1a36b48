-- What a benchmark card says of each year: of the whole programme (sector NULL) and of each sector,
-- as a reader sees it; without the parts that add up, what is withheld is NULL. gini_withheld: its
-- villages are not all told; else it is NULL where nobody is a member.
WITH sums AS (
  SELECT year, sector, any_value(as_of) AS as_of, any_value(provisional) AS provisional,
    sum(founded)::BIGINT AS founded, sum(closed)::BIGINT AS closed, sum(kub)::BIGINT AS kub,
    shown(sum(mark), sum(members))::BIGINT AS members,
    shown(sum(women_mark), sum(women))::BIGINT AS women,
    shown(sum(women_mark), sum(women_members))::BIGINT AS women_members,
    sum(reported)::BIGINT AS reported, sum(unreported)::BIGINT AS unreported
  FROM shown_fact WHERE programme_id = $programme AND level = 'programme' AND year IS NOT NULL
  GROUP BY GROUPING SETS ((year), (year, sector))),
cell AS (
  SELECT year, sector, village_code, sum(kub) AS kub, sum(members) AS members, sum(mark) AS mark
  FROM facts_of('village') WHERE programme_id = $programme
  GROUP BY GROUPING SETS ((year, village_code), (year, sector, village_code))),
-- As the macro village_sums has it for one year.
every AS (
  SELECT s.year, s.sector, coalesce(c.kub, 0) AS kub, coalesce(c.members, 0) AS members,
    coalesce(c.mark, 0) <> 0 AS cut,
    row_number() OVER (PARTITION BY s.year, s.sector ORDER BY coalesce(c.members, 0)) AS place,
    count(*) OVER (PARTITION BY s.year, s.sector) AS villages
  FROM sums s JOIN village v ON v.programme_id = $programme
  LEFT JOIN cell c ON c.year = s.year AND c.sector IS NOT DISTINCT FROM s.sector
    AND c.village_code = v.village_code),
spread AS (
  SELECT year, sector, count(*) FILTER (WHERE kub > 0) AS villages_covered,
    bool_or(cut) AS gini_withheld, if(gini_withheld, NULL,
      sum((2 * place - villages - 1) * members) / nullif(count(*) * sum(members), 0)) AS gini
  FROM every GROUP BY year, sector)
SELECT s.* REPLACE (s.sector::VARCHAR AS sector), coalesce(villages_covered, 0) AS villages_covered,
  gini, coalesce(gini_withheld, false) AS gini_withheld
FROM sums s LEFT JOIN spread p ON p.year = s.year AND p.sector IS NOT DISTINCT FROM s.sector
ORDER BY s.year, s.sector NULLS FIRST;
