-- Who came, those that came most often first. visits: delegations; participants: of the visits that
-- state them.
SELECT r.province, coalesce(r.regency, s.regency_code) AS regency, s.regency_code,
  count(*) AS visits, sum(s.participants)::BIGINT AS participants,
  count(s.participants) AS stated, min(s.visited_on) AS first_on, max(s.visited_on) AS last_on
FROM study_visit s LEFT JOIN official_regency r USING (regency_code)
WHERE s.programme_id = $programme AND between_years($since, $until, year(s.visited_on)) GROUP BY ALL
ORDER BY visits DESC, last_on DESC, s.regency_code;
