SELECT y.year, s.sector::VARCHAR AS sector, coalesce(sum(f.kub), 0)::BIGINT AS kub,
  shown(sum(f.mark), coalesce(sum(f.members), 0))::BIGINT AS members
FROM years_in_scope($programme, $since, $until) y
CROSS JOIN (SELECT unnest(enum_range(NULL::sector)::sector[]) AS sector) s
LEFT JOIN facts_in_scope($programme, $districts, $villages, $sectors) f ON f.year = y.year
  AND f.sector = s.sector
GROUP BY y.year, s.sector ORDER BY y.year, s.sector;
