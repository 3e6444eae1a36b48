-- All programmes together, by the province of their regency: how far they reach, and which place that
-- is (model/statistics.sql). A village counts once, however many programmes serve it. members: NULL
-- where those of any programme are withheld. An invented regency is of no province.
WITH sums AS (
  SELECT programme_id, sum(kub)::BIGINT AS kub, shown(sum(mark), sum(members)) AS members
  FROM facts_of('programme') JOIN moments($until) USING (programme_id, year)
  WHERE chosen($sectors, sector) GROUP BY programme_id),
here AS (
  SELECT programme_id, village_code, sum(kub) AS kub
  FROM facts_of('village')
  WHERE in_year($until, asked_from, asked_to) AND chosen($sectors, sector) GROUP BY ALL),
reached AS (
  SELECT left(village_code, 2) AS province_code, village_code, max(coalesce(kub, 0)) > 0 AS covered
  FROM village LEFT JOIN here USING (programme_id, village_code)
  WHERE listed($denominator, is_target) GROUP BY ALL),
villages AS (
  SELECT province_code, count(*) AS villages, count(*) FILTER (WHERE covered) AS covered
  FROM reached GROUP BY province_code
  UNION ALL BY NAME
  -- A card says how many, not which ones.
  SELECT left(p.regency_code, 2) AS province_code, v.villages, v.covered
  FROM village_sums($until, $sectors, $denominator) v JOIN card USING (programme_id)
  JOIN programme p USING (programme_id)),
counted AS (
  SELECT province_code, sum(villages)::BIGINT AS villages,
    if(count(covered) = count(*), sum(covered), NULL)::BIGINT AS covered
  FROM villages GROUP BY province_code),
summed AS (
  SELECT left(p.regency_code, 2) AS province_code, any_value(o.province) AS province,
    count(DISTINCT p.regency_code) AS regencies, count(*) AS programmes,
    coalesce(sum(s.kub), 0)::BIGINT AS kub,
    if(count(*) FILTER (WHERE s.kub > 0 AND s.members IS NULL) > 0, NULL,
      coalesce(sum(s.members), 0))::BIGINT AS members,
    max(m.as_of) AS as_of, coalesce(bool_or(m.provisional), false) AS provisional,
    bool_or(p.is_sample) AS is_sample
  FROM programme p JOIN moments($until) m USING (programme_id) LEFT JOIN sums s USING (programme_id)
  LEFT JOIN official_regency o USING (regency_code) GROUP BY ALL),
measured AS (
  SELECT *, coalesce(villages, 0) AS n, covered / nullif(villages, 0) AS value, '' AS among,
    wilson(value, n) AS i, i['low'] AS low, i['high'] AS high
  FROM summed LEFT JOIN counted USING (province_code))
SELECT province_code, province, regencies, programmes, kub, members, n AS villages, covered,
  value AS coverage, low, high, rank, rank_best, rank_worst, ranked, as_of, provisional, is_sample
FROM placed('measured') ORDER BY province_code;
