-- Records of a programme that are the same in two versions need not be looked at twice. few: any
-- report of 1-4 members.
SELECT programme_id, list(part ORDER BY number)::VARCHAR AS fingerprint, bool_or(few) AS few FROM (
  SELECT programme_id, 1 AS number,
    sum(hash(kub_id, village_code, sector::VARCHAR, founded_on, closed_on)::HUGEINT) AS part,
    false AS few
  FROM source.kub GROUP BY programme_id
  UNION ALL
  SELECT programme_id, 2, sum(hash(kub_id, reported_on, members, women)::HUGEINT),
    bool_or(members BETWEEN 1 AND 4)
  FROM source.kub_report GROUP BY programme_id
  UNION ALL SELECT programme_id, 3, sum(hash(date)::HUGEINT), false FROM source.published_figure
  WHERE indicator = 'anggota' GROUP BY programme_id
  UNION ALL SELECT programme_id, 5, sum(hash(kub_id, year(reported_on))::HUGEINT), false
  FROM source.kub_report WHERE revenue_idr <= 1e15 GROUP BY programme_id
  UNION ALL SELECT programme_id, 4, sum(hash(year, as_of)::HUGEINT), false
  FROM source.programme_year GROUP BY programme_id)
GROUP BY programme_id ORDER BY programme_id;
