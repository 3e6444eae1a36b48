SELECT k.sector::VARCHAR AS sector, activity, count(*) AS kub,
  if(bool_or(k.withheld), NULL, coalesce(sum(members), 0))::BIGINT AS members
FROM kub_in_scope($programme, $districts, $villages, $sectors) k
JOIN shown_kub_year y ON y.programme_id = k.programme_id AND y.kub_id = k.kub_id
  AND y.year = (SELECT year FROM year_in_scope($programme, $until)) AND y.active
GROUP BY k.sector, activity ORDER BY count(*) DESC, k.sector, activity;
