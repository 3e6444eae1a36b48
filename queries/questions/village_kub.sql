WITH k AS (SELECT *, as_of_year($until, newest_on) AS as_of FROM shown_kub
  WHERE programme_id = $programme AND founded_on <= as_of_year($until, newest_on)
    AND in_places($districts, $villages, district_code, village_code)
    AND chosen($sectors, sector)),
newest AS (SELECT kub_id, max(reported_on) AS reported_on, arg_max(members, reported_on) AS members,
    arg_max_null(women, reported_on) AS women
  FROM k JOIN (FROM kub_report WHERE programme_id = $programme) USING (kub_id)
  WHERE reported_on <= as_of GROUP BY kub_id)
SELECT kub_id, name, village_code, village, sector::VARCHAR AS sector, activity, founded_on,
  if(closed_on <= as_of, closed_on, NULL) AS closed_on,
  coalesce(closed_on > as_of, true) AS active, if(withheld, NULL, members) AS members,
  if(withheld, NULL, women) AS women, if(withheld, NULL, reported_on) AS reported_on, withheld
FROM k LEFT JOIN newest USING (kub_id) ORDER BY active DESC, name, kub_id;
