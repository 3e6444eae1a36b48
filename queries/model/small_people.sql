-- The unknown numbers of one version: members of a KUB in a report, and the years and days in whose
-- sums they stand. A report is known by KUB, year and members: the same in two versions unless it
-- was corrected. Who has no members adds nothing.
INSERT INTO unknown
SELECT $records, programme_id, kub_id, report_year, members, village_code, district_code,
  sector::VARCHAR, women IS NOT NULL, min(year), max(year)
FROM (SELECT *, max(if(reported, year, NULL)) OVER (PARTITION BY programme_id, kub_id
  ORDER BY year) AS report_year
  FROM source.kub_year WHERE list_contains($programmes, programme_id))
  JOIN source.village USING (programme_id, village_code)
WHERE active AND members > 0 GROUP BY ALL;

INSERT INTO day SELECT DISTINCT $records, programme_id, date, -(date - DATE '0001-01-01')::INTEGER
FROM source.published_figure
WHERE indicator = 'anggota' AND list_contains($programmes, programme_id);

INSERT INTO unknown
SELECT $records, k.programme_id, k.kub_id, year(r.reported_on), r.members, k.village_code,
  v.district_code, k.sector::VARCHAR, false, d.code, d.code
FROM day d
JOIN source.kub k ON d.records = $records AND k.programme_id = d.programme_id
  AND k.founded_on <= d.date AND (k.closed_on IS NULL OR k.closed_on > d.date)
JOIN source.village v ON v.programme_id = k.programme_id AND v.village_code = k.village_code
ASOF JOIN source.kub_report r ON r.programme_id = k.programme_id AND r.kub_id = k.kub_id
AND r.reported_on <= d.date
WHERE r.members > 0;

-- Members of those that state their revenue, of which revenue per member is told for the whole
-- programme: a year of them counts as one more day. Its newest report is of that very year.
INSERT INTO day SELECT DISTINCT $records, programme_id, NULL::DATE, -year FROM source.programme_year
WHERE list_contains($programmes, programme_id);

INSERT INTO unknown
SELECT $records, k.programme_id, k.kub_id, k.year, k.members, k.village_code, v.district_code,
  k.sector::VARCHAR, false, -k.year, -k.year
FROM source.kub_year k
JOIN source.village v ON v.programme_id = k.programme_id AND v.village_code = k.village_code
SEMI JOIN source.kub_report r ON r.programme_id = k.programme_id AND r.kub_id = k.kub_id
  AND year(r.reported_on) = k.year AND r.revenue_idr <= 1e15
WHERE list_contains($programmes, k.programme_id) AND k.members > 0;
