-- The rows of records that figures rest on (queries/rows): where they stand in an office's files.

-- Sheet and file of a row of a table; NULL where its number is: in versions of before schema 4.
CREATE MACRO sheet_of(of_programme, of_record, of_row) AS if(of_row IS NULL, NULL, (
  SELECT s.sheet FROM source_sheet s
  WHERE s.programme_id = of_programme AND s.record = of_record));
CREATE MACRO file_of(of_programme, of_record, of_row) AS if(of_row IS NULL, NULL, (
  SELECT s.file FROM source_sheet s
  WHERE s.programme_id = of_programme AND s.record = of_record));

-- The KUB active at the as-of date, each with the report that counts: its newest by then. Whoever
-- may not know its members may know which report that is (kub/store/small_cells.py).
CREATE MACRO counted_kub(programme, districts, villages, sectors, until) AS TABLE
WITH k AS (SELECT *, as_of_year(until, newest_on) AS as_of FROM shown_kub
  WHERE programme_id = programme AND founded_on <= as_of_year(until, newest_on)
    AND coalesce(closed_on > as_of_year(until, newest_on), true)
    AND in_places(districts, villages, district_code, village_code) AND chosen(sectors, sector)),
newest AS (SELECT kub_id, max(reported_on) AS reported_on, arg_max(members, reported_on) AS members,
    arg_max_null(women, reported_on) AS women,
    arg_max_null(r.source_row, reported_on) AS report_row
  FROM k JOIN (FROM kub_report WHERE programme_id = programme) r USING (kub_id)
  WHERE reported_on <= as_of GROUP BY kub_id)
SELECT kub_id, name, village_code, village, district, sector::VARCHAR AS sector, founded_on,
  reported_on, if(withheld, NULL, members) AS members, if(withheld, NULL, women) AS women, withheld,
  report_row, source_row
FROM k LEFT JOIN newest USING (kub_id);

-- Reports that state revenue in these years, of KUB that lived in them.
CREATE MACRO stated_revenue(programme, districts, villages, sectors, since, until) AS TABLE
SELECT year(r.reported_on)::INTEGER AS year, r.kub_id, k.name, k.village_code, k.village, k.district,
  k.sector::VARCHAR AS sector, r.reported_on, single_money(r.revenue_idr) AS revenue_idr,
  r.source_row
FROM kub_report r JOIN shown_kub k USING (programme_id, kub_id)
JOIN years_in_scope(programme, since, until) y
  ON y.year = year(r.reported_on) AND r.reported_on <= y.as_of
SEMI JOIN kub_year l ON l.programme_id = programme AND l.year = y.year AND l.kub_id = r.kub_id
-- More is a mistyped number, which counts as not stated (model/kub_money.sql).
WHERE r.programme_id = programme AND r.revenue_idr <= 1e15
  AND in_places(districts, villages, k.district_code, k.village_code) AND chosen(sectors, k.sector);
