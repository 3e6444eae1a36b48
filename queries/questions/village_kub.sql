WITH k AS (SELECT k.*, as_of
  FROM kub_in_scope($programme, $districts, $villages, $sectors) k,
  year_in_scope($programme, $until) WHERE founded_on <= as_of)
SELECT k.kub_id, name, village_code, village, sector::VARCHAR AS sector, activity, founded_on,
  if(closed_on <= as_of, closed_on, NULL) AS closed_on,
  coalesce(closed_on > as_of, true) AS active, if(withheld, NULL, members) AS members,
  if(withheld, NULL, women) AS women, if(withheld, NULL, reported_on) AS reported_on, withheld
-- Reports of other KUB are dropped before the join: among ten million they would cost it a minute.
FROM k ASOF
LEFT JOIN (FROM shown_kub_report
  WHERE programme_id = $programme AND kub_id IN (SELECT kub_id FROM k)) r
  ON r.programme_id = k.programme_id AND r.kub_id = k.kub_id AND r.reported_on <= k.as_of
ORDER BY active DESC, name, k.kub_id;
