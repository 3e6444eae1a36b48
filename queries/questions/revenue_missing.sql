-- A work list, so of single KUB; it names none of their amounts, and readers see it too.
WITH asked AS (FROM year_in_scope($programme, $until))
SELECT k.kub_id, k.name, k.village_code, k.village, k.district, k.sector::VARCHAR AS sector,
  max(m.year) FILTER (WHERE m.revenue_idr IS NOT NULL)::INTEGER AS stated_year
FROM kub_money m JOIN asked ON m.year <= asked.year JOIN shown_kub k USING (programme_id, kub_id)
WHERE m.programme_id = $programme AND chosen($sectors, m.sector)
  AND in_places($districts, $villages, m.district_code, m.village_code)
GROUP BY ALL
HAVING bool_or(m.year = asked.year AND m.revenue_idr IS NULL)
ORDER BY k.district, k.village_code, k.name, k.kub_id;
