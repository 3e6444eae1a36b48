SELECT year, any_value(as_of) AS as_of, any_value(provisional) AS provisional,
  sum(founded)::BIGINT AS founded, sum(closed)::BIGINT AS closed, sum(kub)::BIGINT AS active,
  shown(sum(mark), sum(members))::BIGINT AS members,
  shown(sum(women_mark), sum(women) / nullif(sum(women_members), 0)) AS women_share,
  sum(reported)::BIGINT AS reported, sum(unreported)::BIGINT AS unreported,
  sum(women_mark) <> 0 AS withheld
FROM shown_fact
WHERE programme_id = $programme AND level = level_of($districts, $villages)
  AND between_years($since, $until, year)
  AND in_places($districts, $villages, district_code, village_code)
  AND (frame OR chosen($sectors, sector))
GROUP BY year ORDER BY year;
