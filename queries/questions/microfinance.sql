-- Each microfinance unit at the as-of date by its newest report, beside the KUB of its village and
-- what was published about it by then.
WITH ends AS (SELECT ends_in_scope($programme, $until) AS as_of),
newest AS (FROM lkm_report
  WHERE programme_id = $programme AND reported_on <= (SELECT as_of FROM ends)
  QUALIFY row_number() OVER (PARTITION BY lkm_id ORDER BY reported_on DESC) = 1),
-- One row for each name and village, the newest figures: a unit must not stand twice.
known AS (SELECT *, lower(trim(name)) AS same_name FROM published_cooperative
  WHERE coalesce(reported_on <= (SELECT as_of FROM ends), true)
  QUALIFY row_number() OVER (PARTITION BY village_code, lower(trim(name))
    ORDER BY reported_on DESC NULLS LAST, source) = 1)
SELECT u.lkm_id, u.name, u.village_code, u.village, u.district, u.founded_on, r.reported_on,
  r.customers, r.savings_idr, r.loans_idr, r.overdue_idr,
  r.overdue_idr / nullif(r.loans_idr, 0) AS overdue_share, r.assets_idr, coalesce(k.kub, 0) AS kub,
  if(k.village_code IS NULL, 0, k.members) AS members,
  p.founded AS published_founded, p.reported_on AS published_on, p.customers AS published_customers,
  p.assets_idr AS published_assets_idr, p.source
FROM lkm_in_scope($programme, $districts, $villages) u LEFT JOIN newest r USING (lkm_id)
LEFT JOIN kub_of_villages($programme, $districts, $villages, $sectors, $until) k
  USING (village_code)
LEFT JOIN known p ON p.village_code = u.village_code AND p.same_name = lower(trim(u.name))
WHERE u.since_on IS NULL OR u.since_on <= (SELECT as_of FROM ends)
ORDER BY r.customers DESC NULLS LAST, u.lkm_id;
