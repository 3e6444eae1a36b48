-- How many of the measure, as a count, per residents (10,000 for KUB, 1,000 for members) and per
-- village, with exact Poisson intervals, and which place that is (model/statistics.sql).
WITH f AS (
  SELECT *, if($measure = 'kub', kub, members) AS n, if($measure = 'kub', 10000, 1000) AS each
  FROM figures($programme, $peers, $until, $sectors, $denominator, $guests)),
long AS (
  SELECT *, unnest([
    {'per': 'residents', 'number': 1, 'exposure': population, 'unit': each,
      'exposure_year': population_year},
    {'per': 'villages', 'number': 2, 'exposure': villages, 'unit': 1, 'exposure_year': year},
    {'per': 'count', 'number': 3}], max_depth := 2)
  FROM f),
rated AS (
  SELECT *, per AS among, if(per = 'count', n::DOUBLE, n * unit / nullif(exposure, 0)) AS value,
    poisson_low(n) * unit / nullif(exposure, 0) AS low,
    poisson_high(n) * unit / nullif(exposure, 0) AS high
  FROM long)
SELECT programme, per, value, low, high, n, exposure, exposure_year, rank, rank_best, rank_worst,
  ranked, regency, as_of, provisional, counted AS because, is_sample, declared
FROM placed('rated') ORDER BY position, number;
