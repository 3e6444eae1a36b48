-- Ready facts, built once at import. Everything here is additive, so one year of one village and
-- sector adds up to any scope, and a question costs the same for 200 KUB as for 1,000,000. One source
-- for two engines (docs/decisions/0022): windows, plain joins and whole numbers alone.

-- The years of a programme run from its first founding to its newest report; the last is
-- provisional when that report lies before 31 December (docs/definitions.md).
CREATE TABLE programme_year AS
WITH life AS (
  SELECT programme_id, min(founded_on) AS first_on, max(founded_on) AS founded_on,
    max(closed_on) AS closed_on
  FROM kub GROUP BY programme_id),
report AS (SELECT programme_id, max(reported_on) AS newest_on FROM kub_report GROUP BY programme_id),
span AS (
  SELECT l.programme_id, l.first_on,
    coalesce(r.newest_on, greatest(l.founded_on, l.closed_on)) AS newest_on
  FROM life l LEFT JOIN report r USING (programme_id))
SELECT programme_id, y::INTEGER AS year, least(make_date(y, 12, 31), newest_on) AS as_of,
  newest_on < make_date(y, 12, 31) AS provisional
FROM span, unnest(range(year(first_on), year(newest_on) + 1)) AS t(y);

-- The state of each KUB at each year's end while it lives (and in the year it closes). A report
-- counts from its year on until the year of the next one; of two in a year the first has no year
-- left. No report is later than the last as-of date, so the newest of a year is the newest at its
-- as-of date. Refused: ASOF JOIN, which only one of the two engines knows.
CREATE TABLE kub_year AS
WITH life AS (
  SELECT k.programme_id, y.year, k.kub_id, k.village_code, k.sector, k.founded_on, y.as_of,
         year(k.founded_on) = y.year AS founded,
         coalesce(k.closed_on <= y.as_of, false) AS closed
  FROM kub k JOIN programme_year y
    ON y.programme_id = k.programme_id AND k.founded_on <= y.as_of
    AND (k.closed_on IS NULL OR year(k.closed_on) >= y.year)),
report AS (
  SELECT programme_id, kub_id, members, women, year(reported_on) AS from_year,
    coalesce(year(lead(reported_on) OVER (PARTITION BY programme_id, kub_id ORDER BY reported_on)),
      10000) - 1 AS to_year
  FROM kub_report)
SELECT l.programme_id, l.year, l.kub_id, l.village_code, l.sector, l.founded_on, l.founded,
  l.closed, NOT l.closed AS active,
       r.members, r.women, coalesce(r.from_year = l.year, false) AS reported
FROM life l LEFT JOIN report r
  ON r.programme_id = l.programme_id AND r.kub_id = l.kub_id
  AND l.year BETWEEN r.from_year AND r.to_year;

CREATE TABLE village_fact AS
SELECT y.programme_id, y.year, v.district_code, y.village_code, y.sector,
  count(*) FILTER (WHERE active)::INTEGER AS kub,
  count(*) FILTER (WHERE founded)::INTEGER AS founded,
  count(*) FILTER (WHERE closed)::INTEGER AS closed,
  coalesce(sum(members) FILTER (WHERE active), 0)::BIGINT AS members,
  coalesce(sum(women) FILTER (WHERE active), 0)::BIGINT AS women,
  coalesce(sum(members) FILTER (WHERE active AND women IS NOT NULL), 0)::BIGINT AS women_members,
  count(*) FILTER (WHERE active AND reported)::INTEGER AS reported,
  count(*) FILTER (WHERE active AND members IS NULL)::INTEGER AS unreported,
  min(founded_on) FILTER (WHERE active) AS first_founded_on,
  max(founded_on) FILTER (WHERE active) AS last_founded_on
FROM kub_year y JOIN village v USING (programme_id, village_code)
GROUP BY ALL ORDER BY y.programme_id, y.year, y.village_code;

-- Second-level tables: a question that does not ask for villages need not read 83,000 of them.
CREATE TABLE district_fact AS
SELECT programme_id, year, district_code, sector, sum(kub)::BIGINT AS kub,
  sum(founded)::BIGINT AS founded, sum(closed)::BIGINT AS closed,
  sum(members)::BIGINT AS members, sum(women)::BIGINT AS women,
  sum(women_members)::BIGINT AS women_members,
  sum(reported)::BIGINT AS reported, sum(unreported)::BIGINT AS unreported
FROM village_fact GROUP BY ALL ORDER BY programme_id, year;

CREATE TABLE programme_fact AS
SELECT programme_id, year, sector, sum(kub)::BIGINT AS kub, sum(founded)::BIGINT AS founded,
  sum(closed)::BIGINT AS closed,
  sum(members)::BIGINT AS members, sum(women)::BIGINT AS women,
  sum(women_members)::BIGINT AS women_members,
  sum(reported)::BIGINT AS reported, sum(unreported)::BIGINT AS unreported
FROM district_fact GROUP BY ALL ORDER BY programme_id, year;
