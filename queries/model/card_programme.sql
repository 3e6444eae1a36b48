-- The one row of a benchmark card that speaks of the programme as a whole.
WITH near AS MATERIALIZED (SELECT residents_at($programme, year) AS residents
  FROM year_in_scope($programme, NULL))
SELECT p.programme_id AS programme, p.name, p.regency_code, p.regency, p.operator, p.is_sample,
  coalesce(c.villages, 0) AS villages, coalesce(c.kelurahan, 0) AS kelurahan,
  n.residents.population AS population, n.residents.year AS population_year,
  l.survival AS survival_3y, coalesce(l.at_risk, 0) AS at_risk_3y, l.effective AS effective_3y
FROM programme p LEFT JOIN ready.village_count c USING (programme_id)
LEFT JOIN survival_at_three(NULL, []) l USING (programme_id), near n
WHERE p.programme_id = $programme;
