-- All units together at each year's end, by the newest report of each; the overdue share is of
-- units that state loans and arrears.
WITH y AS (FROM years_in_scope($programme, $since, $until)),
state AS (
  SELECT y.year, y.as_of, y.provisional, u.lkm_id, r.* EXCLUDE (programme_id, lkm_id)
  FROM y JOIN lkm_in_scope($programme, $districts, $villages) u ON u.since_on IS NULL
    OR u.since_on <= y.as_of
  ASOF LEFT JOIN (FROM lkm_report WHERE programme_id = $programme) r ON r.lkm_id = u.lkm_id
  AND r.reported_on <= y.as_of)
SELECT year, as_of, provisional, count(*) AS units,
  count(*) FILTER (WHERE year(reported_on) = year) AS reported, sum(customers)::BIGINT AS customers,
  sum(savings_idr) AS savings_idr, sum(loans_idr) AS loans_idr, sum(overdue_idr) AS overdue_idr,
  sum(overdue_idr) FILTER (WHERE loans_idr IS NOT NULL) / nullif(sum(loans_idr)
    FILTER (WHERE overdue_idr IS NOT NULL), 0) AS overdue_share, sum(assets_idr) AS assets_idr
FROM state GROUP BY ALL ORDER BY year;
