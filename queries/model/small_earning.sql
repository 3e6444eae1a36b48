-- Guarded cells with members of those that state their revenue. part: 1 where the members of all of
-- them together may be told, else 0, which is told nowhere (kub/store/marks.py).
SELECT DISTINCT m.programme_id, m.year, m.village_code, m.district_code, m.sector,
  (e.year IS NOT NULL)::BIGINT AS part, part AS women_part
FROM kub_money m SEMI JOIN own g ON g.programme_id = m.programme_id
  AND g.village_code = m.village_code AND g.sector = m.sector::VARCHAR
LEFT JOIN (SELECT programme_id, year FROM small.earning
  JOIN small.records USING (programme_id, records) WHERE name = $name) e
ON e.programme_id = m.programme_id AND e.year = m.year
WHERE m.revenue_idr IS NOT NULL AND m.members > 0
ORDER BY m.programme_id, m.year, m.village_code, m.sector;
