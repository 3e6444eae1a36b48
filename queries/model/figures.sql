-- What the comparison of programmes rests on: one row per programme at its own as-of date of the
-- year asked for. Guests are self-declared figures in the same columns, as JSON; they are read here
-- and nowhere else.
CREATE MACRO guest_figures(guests) AS TABLE
SELECT unnest(from_json(guests, '[{"programme": "VARCHAR", "regency": "VARCHAR", "regency_code": "VARCHAR", "year": "INTEGER",
  "as_of": "DATE", "provisional": "BOOLEAN", "kub": "BIGINT", "members": "BIGINT", "women": "BIGINT", "women_members": "BIGINT", "unreported": "BIGINT",
  "villages": "BIGINT", "covered": "BIGINT", "population": "BIGINT", "population_year": "INTEGER", "kub_before": "BIGINT",
  "kub_after": "BIGINT", "survival": "DOUBLE", "at_risk": "BIGINT", "effective": "DOUBLE", "sectors": ["BIGINT"], "gini": "DOUBLE",
  "earners": "BIGINT", "revenue_per_kub": "DOUBLE", "revenue_per_member": "DOUBLE", "counted": "VARCHAR", "kelurahan": "BIGINT", "first_year": "INTEGER",
  "years": [{"year": "INTEGER", "as_of": "DATE", "provisional": "BOOLEAN", "founded": "BIGINT", "kub": "BIGINT", "members": "BIGINT"}]}]'), max_depth := 2);

-- Which programmes stand in a comparison: the own one and its peers; all where no peers are chosen.
CREATE MACRO compared(programme, peers) AS TABLE
SELECT p.programme_id FROM programme p
WHERE p.programme_id = programme OR chosen(peers, p.programme_id);

-- The year in scope of every programme; without any KUB it is the year asked for.
CREATE MACRO moments(until) AS TABLE
SELECT p.programme_id, y.year, y.as_of, y.provisional
FROM programme p, year_in_scope(p.programme_id, until) y;

-- Kaplan and Meier at three years (1,095 whole days), with Greenwood's variance turned into the
-- number of lives that would give it without censoring (Rothman 1978), so that Wilson's interval
-- applies; without closings it is those still observed.
CREATE MACRO survival_at_three(until, sectors) AS TABLE
WITH life AS (
  -- What follows the third year is all the same here: one step in place of thousands.
  SELECT k.programme_id, least(date_diff('day', founded_on,
    least(coalesce(closed_on, as_of), as_of)), 1096) AS days,
    coalesce(closed_on <= as_of, false) AS closed
  FROM shown_kub k JOIN moments(until) USING (programme_id)
  WHERE founded_on <= as_of AND chosen(sectors, sector)),
ages AS (SELECT programme_id, days, count(*) FILTER (WHERE closed) AS closings, count(*) AS leaving
  FROM life GROUP BY ALL),
step AS (SELECT *, sum(leaving) OVER (PARTITION BY programme_id ORDER BY days DESC) AS observed
  FROM ages)
SELECT programme_id, coalesce(sum(leaving) FILTER (WHERE days > 1095), 0)::BIGINT AS at_risk,
  product(1 - closings / observed) FILTER (WHERE days <= 1095 AND closings > 0) AS product,
  if(at_risk > 0, coalesce(product, 1), NULL) AS survival,
  coalesce((1 - survival) / (survival * sum(closings / (observed * (observed - closings)))
    FILTER (WHERE days <= 1095 AND closings > 0)), at_risk) AS effective
FROM step GROUP BY programme_id
-- A card has it of the newest date and of all sectors; else nobody knows how many it would be of.
UNION ALL BY NAME
SELECT programme_id, if(known, at_risk, NULL) AS at_risk, if(known, survival, NULL) AS survival,
  if(known, effective, NULL) AS effective
FROM card, (SELECT until IS NULL AND len(sectors) = 0 AS known);

-- Gini coefficient of members over villages, zeros included: sum of (2i - n - 1) x(i) / (n sum of
-- x), x ascending.
CREATE MACRO village_sums(until, sectors, denominator) AS TABLE
WITH here AS (
  SELECT programme_id, village_code, sum(kub) AS kub, sum(members) AS members, sum(mark) AS mark
  FROM facts_of('village')
  WHERE in_year(until, asked_from, asked_to) AND chosen(sectors, sector) GROUP BY ALL),
every AS (
  SELECT programme_id, coalesce(kub, 0) AS kub, coalesce(members, 0) AS members,
    coalesce(mark, 0) <> 0 AS cut,
    row_number() OVER (PARTITION BY programme_id ORDER BY coalesce(members, 0)) AS place,
    count(*) OVER (PARTITION BY programme_id) AS villages
  FROM village LEFT JOIN here USING (programme_id, village_code)
  WHERE listed(denominator, is_target))
SELECT programme_id, count(*) AS villages, count(*) FILTER (WHERE kub > 0) AS covered,
  if(bool_or(cut), NULL, sum((2 * place - villages - 1) * members) / nullif(count(*) * sum(members),
    0)) AS gini
FROM every GROUP BY programme_id
-- A card counts all villages of the regency, for all sectors or for one of them.
UNION ALL BY NAME
SELECT c.programme_id, c.villages, if(len(sectors) < 2, coalesce(y.covered, 0), NULL) AS covered,
  y.gini
FROM card c JOIN moments(until) m USING (programme_id)
LEFT JOIN card_year y ON y.programme_id = c.programme_id AND y.year = m.year
  AND len(sectors) < 2 AND y.sector IS NOT DISTINCT FROM sectors[1]::sector
WHERE denominator = 'regency';

-- KUB at the end of the last finished year in scope and three years before, for growth.
CREATE MACRO three_years(until, sectors) AS TABLE
WITH finished AS (
  SELECT y.programme_id, max(y.year) AS last, min(y.year) AS first FROM programme_year y
  JOIN moments(until) m USING (programme_id)
  WHERE NOT y.provisional AND y.year <= m.year GROUP BY y.programme_id)
SELECT programme_id, coalesce(sum(kub) FILTER (WHERE year = last - 3), 0)::BIGINT AS kub_before,
  coalesce(sum(kub) FILTER (WHERE year = last), 0)::BIGINT AS kub_after
FROM finished LEFT JOIN facts_of('programme') USING (programme_id)
WHERE sector IS NULL OR chosen(sectors, sector) GROUP BY programme_id;

-- The residents of the nearest stated year (the workbook's before the reference file's, of two
-- equally near the earlier).
CREATE MACRO residents_at(of_programme, in_year) AS (
  SELECT arg_min({'population': r.population, 'year': r.year},
    (NOT r.from_workbook, abs(r.year - in_year), r.year))
  FROM population r
  WHERE r.programme_id = of_programme AND r.year IS NOT NULL AND in_year IS NOT NULL);

-- Revenue of the last finished year in scope: half a year is no year's revenue.
CREATE MACRO money_figures(until, sectors) AS TABLE
SELECT programme_id, sum(earner)::BIGINT AS earners,
  shown_money(sum(mark), sum(revenue_idr) / nullif(earners, 0)) AS revenue_per_kub,
  shown_money(sum(member_mark), sum(member_idr) / nullif(sum(members), 0)) AS revenue_per_member
FROM shown_money
WHERE in_year(until, year, finished_to) AND (frame OR chosen(sectors, sector))
GROUP BY programme_id
UNION ALL BY NAME
SELECT m.programme_id, m.earners, m.revenue_idr / nullif(m.earners, 0) AS revenue_per_kub,
  m.revenue_per_member
FROM card_money m JOIN (SELECT programme_id, max(year) AS year FROM programme_year
  WHERE NOT provisional AND year <= coalesce(until::INTEGER, year) GROUP BY programme_id)
  USING (programme_id, year)
WHERE len(sectors) < 2 AND m.sector IS NOT DISTINCT FROM sectors[1]::sector;

CREATE MACRO figures(programme, peers, until, sectors, denominator, guests) AS TABLE
WITH sums AS (
  SELECT programme_id, sum(kub)::BIGINT AS kub, sum(members)::BIGINT AS members,
    sum(women)::BIGINT AS women, sum(women_members)::BIGINT AS women_members,
    sum(unreported)::BIGINT AS unreported, sum(mark) AS mark, sum(women_mark) AS women_mark,
    map(list(sector), list(kub::BIGINT)) AS counts
  FROM facts_of('programme') JOIN moments(until) USING (programme_id, year)
  WHERE chosen(sectors, sector) GROUP BY programme_id),
residents AS MATERIALIZED (SELECT programme_id, residents_at(programme_id, year) AS near
  FROM moments(until))
SELECT p.programme_id AS programme, p.regency, p.regency_code, p.is_sample, false AS declared,
  p.position, m.year, m.as_of, m.provisional,
  coalesce(s.kub, 0) AS kub, shown(s.mark, coalesce(s.members, 0)) AS members,
  shown(s.women_mark, coalesce(s.women, 0)) AS women,
  shown(s.women_mark, coalesce(s.women_members, 0)) AS women_members,
  coalesce(s.unreported, 0) AS unreported,
  coalesce(v.villages, 0) AS villages,
  if(v.villages IS NULL, 0, v.covered) AS covered,
  r.near.population AS population, r.near.year AS population_year,
  coalesce(t.kub_before, 0) AS kub_before, coalesce(t.kub_after, 0) AS kub_after, l.survival,
  if(l.programme_id IS NULL, 0, l.at_risk) AS at_risk, l.effective,
  list_transform(enum_range(NULL::sector)::sector[], lambda c: coalesce(s.counts[c], 0)) AS sectors,
  v.gini, coalesce(e.earners, 0) AS earners, e.revenue_per_kub, e.revenue_per_member,
  NULL::VARCHAR AS counted, coalesce(k.kelurahan, 0) AS kelurahan,
  NULL::INTEGER AS first_year, NULL AS years
FROM programme p JOIN compared(programme, peers) USING (programme_id)
JOIN moments(until) m USING (programme_id) LEFT JOIN sums s USING (programme_id)
LEFT JOIN village_sums(until, sectors, denominator) v USING (programme_id)
LEFT JOIN residents r USING (programme_id)
LEFT JOIN three_years(until, sectors) t USING (programme_id)
LEFT JOIN survival_at_three(until, sectors) l USING (programme_id)
LEFT JOIN ready.village_count k USING (programme_id)
LEFT JOIN money_figures(until, sectors) e USING (programme_id)
UNION ALL BY NAME
SELECT *, false AS is_sample, true AS declared, 1000000 + row_number() OVER () AS position
FROM guest_figures(guests);
