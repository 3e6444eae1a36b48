-- Every figure by two of district, village, sector, activity and year ($rows, $columns), over KUB
-- that lived in the year: that of the as-of date, where year is neither. Figures of an activity are
-- sums of single KUB, told where none of them is withheld. Its money, and how many are women, are
-- the analyst's.
WITH asked AS (
  SELECT 'year' IN ($rows, $columns) AS by_year, 'activity' IN ($rows, $columns) AS single,
    CASE WHEN 'village' IN ($rows, $columns) THEN 'village'
      WHEN 'district' IN ($rows, $columns) AND level_of($districts, $villages) = 'programme'
      THEN 'district' ELSE level_of($districts, $villages) END AS finest),
people AS (
  SELECT dimension($rows, district_code, village_code, sector, NULL, year) AS row_code,
    dimension($columns, district_code, village_code, sector, NULL, year) AS column_code,
    sum(kub) AS kub, shown(sum(mark), sum(members)) AS members,
    if(enough(1, 3), sum(women), NULL) AS women,
    shown(sum(women_mark), sum(women) / nullif(sum(women_members), 0)) AS women_share
  FROM shown_fact, asked
  WHERE programme_id = $programme AND NOT single AND level = finest AND NOT frame
    AND if(by_year, between_years($since, $until, year), in_year($until, asked_from, asked_to))
    AND in_places($districts, $villages, district_code, village_code) AND chosen($sectors, sector)
  GROUP BY row_code, column_code),
money AS (
  SELECT dimension($rows, district_code, village_code, sector, NULL, year) AS row_code,
    dimension($columns, district_code, village_code, sector, NULL, year) AS column_code,
    shown_money(sum(mark), sum(m.revenue_idr)) AS revenue_idr,
    shown_money(sum(assets_mark), sum(m.assets_idr)) AS assets_idr
  FROM shown_money m, asked
  WHERE programme_id = $programme AND NOT single AND NOT frame
    AND if(by_year, between_years($since, $until, year), in_year($until, asked_from, asked_to))
    AND in_places($districts, $villages, district_code, village_code) AND chosen($sectors, sector)
  GROUP BY row_code, column_code HAVING sum(lives) > 0),
lone AS (
  SELECT dimension($rows, k.district_code, k.village_code, k.sector, k.activity, y.year)
      AS row_code,
    dimension($columns, k.district_code, k.village_code, k.sector, k.activity, y.year)
      AS column_code,
    count(*) FILTER (WHERE y.active) AS kub,
    if(bool_or(withheld), NULL, coalesce(sum(y.members) FILTER (WHERE y.active), 0)) AS members,
    if(enough(1, 3), coalesce(sum(y.women) FILTER (WHERE y.active), 0), NULL) AS women,
    if(bool_or(withheld), NULL, sum(y.women) FILTER (WHERE y.active)
      / nullif(sum(y.members) FILTER (WHERE y.active AND y.women IS NOT NULL), 0)) AS women_share,
    if(enough(1, 3), sum(m.revenue_idr), NULL) AS revenue_idr,
    if(enough(1, 3), sum(m.assets_idr), NULL) AS assets_idr
  FROM asked, year_in_scope($programme, $until) a, shown_kub k
  JOIN kub_year y USING (programme_id, kub_id)
  LEFT JOIN kub_money m ON m.programme_id = $programme AND m.kub_id = y.kub_id AND m.year = y.year
  WHERE k.programme_id = $programme AND single
    AND if(by_year, between_years($since, $until, y.year), y.year = a.year)
    AND in_places($districts, $villages, k.district_code, k.village_code)
    AND chosen($sectors, k.sector)
  GROUP BY row_code, column_code),
cell AS (
  SELECT p.*, m.revenue_idr, m.assets_idr FROM people p JOIN money m USING (row_code, column_code)
  UNION ALL BY NAME FROM lone),
place AS (
  SELECT village_code AS code, village AS name FROM village WHERE programme_id = $programme
  UNION ALL
  SELECT DISTINCT district_code, district FROM village WHERE programme_id = $programme)
SELECT row_code, coalesce(r.name, row_code) AS row_name, column_code,
  coalesce(c.name, column_code) AS column_name, kub::BIGINT AS kub, members::BIGINT AS members,
  women::BIGINT AS women, women_share, revenue_idr::BIGINT AS revenue_idr,
  assets_idr::BIGINT AS assets_idr
FROM cell LEFT JOIN place r ON r.code = row_code LEFT JOIN place c ON c.code = column_code
ORDER BY row_code, column_code;
