-- Every KUB founded by the as-of date, as it stood then; of a closed one what it last was.
-- has_reported: in the year asked for; NULL where it did not live in it. Of a single KUB's money
-- readers see nothing.
SELECT k.kub_id, k.name, k.village_code, k.village, k.district_code, k.district,
  k.sector::VARCHAR AS sector, k.activity, k.founded_on, k.closed_on, k.active,
  if(k.withheld, NULL, y.members) AS members, if(k.withheld, NULL, y.women) AS women,
  if(enough(1, 3), m.revenue_idr, NULL) AS revenue_idr,
  if(enough(1, 3), m.assets_idr, NULL) AS assets_idr,
  if(k.withheld OR k.last_year < k.asked_year, NULL, y.reported) AS has_reported,
  k.withheld
FROM kub_in_scope($programme, $districts, $villages, $sectors, $until) k
LEFT JOIN kub_year y ON y.programme_id = $programme AND y.kub_id = k.kub_id
  AND y.year = k.last_year
LEFT JOIN kub_money m ON m.programme_id = $programme AND m.kub_id = k.kub_id
  AND m.year = k.asked_year
ORDER BY k.kub_id;
