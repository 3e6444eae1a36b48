SELECT y.year, y.as_of, y.provisional, coalesce(sum(founded), 0)::BIGINT AS founded,
  coalesce(sum(closed), 0)::BIGINT AS closed,
  coalesce(sum(kub), 0)::BIGINT AS active,
  shown(sum(mark), coalesce(sum(members), 0))::BIGINT AS members,
  shown(sum(women_mark), sum(women) / nullif(sum(women_members), 0)) AS women_share,
  coalesce(sum(reported), 0)::BIGINT AS reported,
  coalesce(sum(unreported), 0)::BIGINT AS unreported, coalesce(sum(women_mark), 0) <> 0 AS withheld
FROM years_in_scope($programme, $since, $until) y
LEFT JOIN facts_in_scope($programme, $districts, $villages, $sectors) f USING (year)
GROUP BY y.year, y.as_of, y.provisional ORDER BY y.year;
