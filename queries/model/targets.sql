-- What targets are held against: each indicator of the whole programme at each of its years' ends.
-- Years before the first founding are not among them; their counts are 0.
CREATE MACRO achieved(programme) AS TABLE
WITH sums AS (
  SELECT year, sum(kub) AS kub, shown(sum(mark), sum(members)) AS members,
    shown(sum(women_mark), sum(women) / nullif(sum(women_members), 0)) AS women_share
  FROM facts_of('programme') WHERE programme_id = programme GROUP BY year),
reach AS (
  SELECT year, count(DISTINCT village_code) AS villages FROM facts_of('village')
  WHERE programme_id = programme AND kub > 0 GROUP BY year),
stated AS (
  SELECT year, shown_money(sum(mark), sum(revenue_idr)) AS revenue_idr FROM shown_money
  WHERE programme_id = programme GROUP BY year),
-- Years without any fact are years in which all KUB had closed: nothing is withheld there.
whole AS (
  SELECT y.year, y.as_of, y.provisional, coalesce(s.kub, 0) AS kub,
    if(s.year IS NULL, 0, s.members) AS members, s.women_share,
    coalesce(v.villages, 0) AS villages, r.revenue_idr::DOUBLE AS revenue_idr,
    (SELECT count(*) FROM library l
      WHERE l.programme_id = programme AND l.opened_on <= y.as_of) AS libraries
  FROM years_in_scope(programme, NULL, NULL) y
  LEFT JOIN sums s USING (year) LEFT JOIN reach v USING (year)
  LEFT JOIN stated r USING (year))
SELECT year, as_of, provisional, unnest([
  {'indicator': 'kub', 'value': kub::DOUBLE},
  {'indicator': 'anggota', 'value': members::DOUBLE},
  {'indicator': 'desa', 'value': villages::DOUBLE},
  {'indicator': 'perpustakaan', 'value': libraries::DOUBLE},
  {'indicator': 'perempuan', 'value': women_share},
  {'indicator': 'omzet', 'value': revenue_idr}], max_depth := 2)
FROM whole;
