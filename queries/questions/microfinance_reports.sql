-- Every report of every unit: the profile of one is its rows.
SELECT u.lkm_id, u.name, u.village_code, u.village, u.district, r.reported_on, r.customers,
  r.savings_idr, r.loans_idr, r.overdue_idr,
  r.overdue_idr / nullif(r.loans_idr, 0) AS overdue_share, r.assets_idr
FROM lkm_in_scope($programme, $districts, $villages) u
JOIN lkm_report r USING (programme_id, lkm_id)
WHERE between_years($since, $until, year(r.reported_on)) ORDER BY u.lkm_id, r.reported_on;
