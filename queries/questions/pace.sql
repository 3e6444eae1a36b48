-- How fast the programme grew: the end of each finished year, and how unlike each other villages
-- and years were. Pace of a year: KUB founded in it. Pace of a village: KUB founded there per year
-- since its first. Both as a multiple of their mean, at the lower and the upper quarter.
WITH y AS (SELECT year FROM years_in_scope($programme, NULL, $until) WHERE NOT provisional),
cell AS (SELECT village_code, year, sum(founded) AS founded, sum(kub) AS kub
  FROM village_facts_in_scope($programme, $districts, $villages, $sectors)
  WHERE year IN (SELECT year FROM y) GROUP BY ALL),
years AS (
  SELECT y.year, y.year - min(y.year) OVER () + 1 AS age, coalesce(sum(kub), 0)::BIGINT AS kub,
    coalesce(sum(founded), 0)::BIGINT AS founded, count(*) FILTER (WHERE kub > 0) AS covered
  FROM y LEFT JOIN cell USING (year) GROUP BY y.year),
village_pace AS (
  SELECT sum(founded) / ((SELECT max(year) FROM y) - min(year) FILTER (WHERE founded > 0) + 1) AS pace
  FROM cell GROUP BY village_code HAVING sum(founded) > 0),
spread AS (
  SELECT v.low AS slow_villages, v.high AS fast_villages, t.low AS slow_years, t.high AS fast_years
  FROM (SELECT quantile_cont(pace, 0.25) / avg(pace) AS low,
    quantile_cont(pace, 0.75) / avg(pace) AS high FROM village_pace) v,
    (SELECT quantile_cont(founded, 0.25) / nullif(avg(founded), 0) AS low,
      quantile_cont(founded, 0.75) / nullif(avg(founded), 0) AS high FROM years) t)
SELECT age, year, kub, founded, covered, kub / nullif(max(kub) OVER (), 0) AS share,
  covered / nullif(max(covered) OVER (), 0) AS covered_share,
  slow_villages, fast_villages, slow_years, fast_years
FROM years, spread ORDER BY year;
