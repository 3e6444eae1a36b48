-- What each KUB that lived in a year earned in it and owned at its end (docs/definitions.md), as
-- whole rupiah, so that sums do not depend on their order. Since schema 3; for a version of before
-- it is made at opening. Medians do not add up, so KUB stay single here.
CREATE TABLE kub_money AS
WITH earned AS (
  -- Above a quadrillion rupiah it is no KUB's money but a mistyped number: it counts as not stated.
  SELECT programme_id, kub_id, year(reported_on) AS year,
    sum(round(revenue_idr)::BIGINT)::BIGINT AS revenue_idr
  FROM kub_report WHERE revenue_idr <= 1e15 GROUP BY ALL),
lived AS (
  SELECT k.programme_id, k.year, k.kub_id, k.village_code, k.sector, k.members, e.revenue_idr,
    k.active
  FROM kub_year k LEFT JOIN earned e USING (programme_id, year, kub_id)),
-- From the year of each statement until the year of the next, as in model/facts.sql.
owned AS (
  SELECT programme_id, kub_id, assets_idr, year(reported_on) AS from_year,
    coalesce(year(lead(reported_on) OVER (PARTITION BY programme_id, kub_id ORDER BY reported_on)),
      10000) - 1 AS to_year
  FROM kub_report WHERE assets_idr <= 1e15)
SELECT l.programme_id, l.year, l.kub_id, v.district_code, l.village_code, l.sector, l.members,
  l.revenue_idr,
  -- A KUB lives in all years from its first to its last: the row before is of the year before.
  if(l.revenue_idr IS NULL, NULL, lag(l.revenue_idr)
    OVER (PARTITION BY l.programme_id, l.kub_id ORDER BY l.year)) AS before_idr,
  if(l.active, round(a.assets_idr)::BIGINT, NULL) AS assets_idr
FROM lived l JOIN village v USING (programme_id, village_code)
LEFT JOIN owned a
ON a.programme_id = l.programme_id AND a.kub_id = l.kub_id
  AND l.year BETWEEN a.from_year AND a.to_year
ORDER BY l.programme_id, l.year, l.village_code, l.kub_id;
COMMENT ON TABLE kub_money IS 'Fakta: uang tiap KUB per tahun, rupiah nominal | Facts: money of each KUB by year, nominal rupiah';
COMMENT ON COLUMN kub_money.year IS 'Tahun | Year';
COMMENT ON COLUMN kub_money.kub_id IS 'Kode KUB | KUB code';
COMMENT ON COLUMN kub_money.district_code IS 'Kode kecamatan | District code';
COMMENT ON COLUMN kub_money.village_code IS 'Kode desa | Village code';
COMMENT ON COLUMN kub_money.sector IS 'Sektor | Sector';
COMMENT ON COLUMN kub_money.members IS 'Anggota menurut laporan terbaru | Members by the newest report';
COMMENT ON COLUMN kub_money.revenue_idr IS 'Omzet tahun itu; kosong bila tidak dinyatakan | Revenue of the year; empty where not stated';
COMMENT ON COLUMN kub_money.before_idr IS 'Omzet tahun sebelumnya, bila keduanya dinyatakan | Revenue of the year before, where both are stated';
COMMENT ON COLUMN kub_money.assets_idr IS 'Aset terbaru yang dinyatakan sampai tanggal data | Newest assets stated up to the as-of date';
