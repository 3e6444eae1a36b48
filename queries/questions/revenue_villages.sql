SELECT village_code, any_value(village) AS village, any_value(district) AS district,
  sum(lives)::BIGINT AS lived, sum(earner)::BIGINT AS earners,
  shown_money(sum(mark), sum(m.revenue_idr))::BIGINT AS revenue_idr,
  shown_money(sum(mark), sum(m.revenue_idr) / nullif(earners, 0)) AS revenue_per_kub,
  shown_money(sum(member_mark), sum(member_idr) / nullif(sum(members), 0)) AS revenue_per_member
FROM shown_money m
WHERE programme_id = $programme AND in_year($until, asked_from, asked_to)
  AND village_code IS NOT NULL
  AND in_places($districts, $villages, district_code, village_code) AND chosen($sectors, sector)
GROUP BY village_code ORDER BY village_code;
