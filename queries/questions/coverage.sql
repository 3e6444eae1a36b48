WITH active AS (SELECT village_code, sum(kub)::BIGINT AS kub
  FROM village_facts_in_scope($programme, $districts, $villages, $sectors)
  WHERE year = (SELECT year FROM year_in_scope($programme, $until)) AND kub > 0
  GROUP BY village_code)
SELECT district_code, any_value(district) AS district, count(*) FILTER (WHERE listed) AS villages,
  count(*) FILTER (WHERE listed AND kub > 0) AS covered,
  covered / nullif(villages, 0) AS share, coalesce(sum(kub), 0)::BIGINT AS kub
FROM (SELECT *, $denominator = 'regency' OR is_target AS listed
  FROM places_in_scope($programme, $districts, $villages)) LEFT JOIN active USING (village_code)
GROUP BY district_code HAVING villages > 0 ORDER BY district_code;
