-- Nominal rupiah by year. What is matched are KUB that state their revenue in this year and in the
-- one before: their change is growth, the total's is also that others report.
SELECT year, any_value(as_of) AS as_of, any_value(provisional) AS provisional,
  sum(lives)::BIGINT AS lived, sum(earner)::BIGINT AS earners,
  earners / nullif(lived, 0) AS stated_share,
  shown_money(sum(mark), sum(m.revenue_idr))::BIGINT AS revenue_idr,
  shown_money(sum(mark), sum(m.revenue_idr) / nullif(earners, 0)) AS revenue_per_kub,
  if(enough(earners, 5), shown_money(sum(mark), median(m.revenue_idr)), NULL) AS median_per_kub,
  shown_money(sum(member_mark), sum(member_idr) / nullif(sum(members), 0)) AS revenue_per_member,
  sum(matched)::BIGINT AS matched_kub,
  if(NOT any_value(m.provisional) AND enough(matched_kub, 3), shown_money(sum(matched_mark),
    sum(matched_idr) / nullif(sum(before_idr), 0) - 1), NULL) AS matched_change,
  sum(owner)::BIGINT AS assets_kub,
  shown_money(sum(assets_mark), sum(m.assets_idr))::BIGINT AS assets_idr
FROM shown_money m
WHERE programme_id = $programme AND between_years($since, $until, year)
  AND in_places($districts, $villages, district_code, village_code)
  AND (frame OR chosen($sectors, sector))
GROUP BY year
-- A card has medians, and what is matched, of all sectors alone.
UNION ALL
SELECT m.year, as_of, provisional, lived, earners, earners / nullif(lived, 0), revenue_idr,
  revenue_idr / nullif(earners, 0), median_per_kub, revenue_per_member, matched_kub,
  matched_change, assets_kub, assets_idr
FROM card_money m JOIN programme_year USING (programme_id, year)
WHERE programme_id = $programme AND between_years($since, $until, m.year)
  AND len($sectors) < 2 AND sector IS NOT DISTINCT FROM $sectors[1]::sector
ORDER BY year;
